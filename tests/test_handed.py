"""Cells as applications hand them over."""

from papi_xl.live.handed import grid, with_errors
from papi_xl.raw import CellError


def test_errors_are_found_by_what_the_cells_show() -> None:
    """Excel for Mac gives nothing for a cell with an error; its text tells."""
    cells = grid([["1.1.", None, None], ["1.2.", "Họp", 0.5]])
    shown = grid([["1.1.", "#REF!", ""], ["1.2.", "Họp", "50%"]])
    found = with_errors(cells, shown)
    assert found == [["1.1.", "#REF!", None], ["1.2.", "Họp", 0.5]]
    assert isinstance(found[0][1], CellError)


def test_a_single_cell_and_a_row_are_rows_of_cells() -> None:
    assert grid("a") == [["a"]]
    assert grid(["a", 1.0]) == [["a", 1.0]]


def test_error_numbers_of_com_become_their_texts() -> None:
    """`XlCVError`: 2042 is #N/A, 2023 #REF!; one that is not known is an error all the same."""
    numbers = [2042 - 2_146_828_288, 2023 - 2_146_828_288, 2099 - 2_146_828_288]
    (row,) = grid([numbers])
    assert row == ["#N/A", "#REF!", "#ERROR!"]
    assert all(isinstance(cell, CellError) for cell in row)
