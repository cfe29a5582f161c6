"""Figures of the built workbooks, worked out by hand from their tasks; keys are domains and the total."""

TOTAL = "Tổng cộng"

# completion, progress
EXAMPLE_SHARES = {
    1: [1 / 3, 0.7], 2: [1 / 3, 0.5], 3: [0, 0.4025], 4: [0.2, 0.42], 5: [0, 0.275], 6: [0.2, 0.38], 7: [0.5,
    0.55],
    8: [0, 0.1], TOTAL: [5 / 24, 10.255 / 24],
}  # fmt: skip
# tasks, done, in progress, not started, paused, unreported
EXAMPLE_STATUSES = {
    1: [3, 1, 2, 0, 0, 0], 2: [3, 1, 1, 1, 0, 0], 3: [2, 0, 1, 1, 0, 0], 4: [5, 1, 2, 2, 0, 0],
    5: [2, 0, 1, 0, 1, 0], 6: [5, 1, 2, 2, 0, 0], 7: [2, 1, 1, 0, 0, 0], 8: [2, 0, 0, 1, 1, 0],
    TOTAL: [24, 5, 10, 7, 2, 0],
}  # fmt: skip
# recurring, overdue, due soon, due unknown, conditional, on schedule
EXAMPLE_STATES_IN_JUNE = {
    1: [1, 0, 1, 0, 0, 0], 2: [1, 0, 1, 0, 0, 0], 3: [1, 0, 0, 0, 0, 1], 4: [1, 1, 0, 1, 1, 0],
    5: [0, 1, 0, 0, 0, 1], 6: [1, 0, 0, 0, 0, 3], 7: [0, 0, 0, 1, 0, 0], 8: [0, 1, 0, 0, 0, 1],
    TOTAL: [5, 3, 2, 2, 1, 6],
}  # fmt: skip
EXAMPLE_STATES_IN_OCTOBER = {
    1: [1, 1, 0, 0, 0, 0], 2: [1, 1, 0, 0, 0, 0], 3: [1, 1, 0, 0, 0, 0], 4: [1, 1, 0, 1, 1, 0],
    5: [0, 2, 0, 0, 0, 0], 6: [1, 0, 0, 0, 0, 3], 7: [0, 0, 0, 1, 0, 0], 8: [0, 1, 0, 0, 0, 1],
    TOTAL: [5, 7, 0, 2, 1, 4],
}  # fmt: skip
PLAN_TASKS = {1: 1, 2: 1, 3: 2, 4: 5, 5: 2, 6: 4, 7: 1, 8: 1, TOTAL: 17}
