"""Formulas that read a row of the task table: what it is, its domain, status, percent."""

from typing import Final

from papi_xl import rows, schema
from papi_xl.domains import DOMAINS
from papi_xl.template.formulas import (
    Formula,
    array,
    composed,
    flat,
    holds,
    is_one_of,
    joined,
    key_of,
    says,
    text,
    value,
)
from papi_xl.vocabulary import STATUS_TERMS, Status

TASK, HEADING = 1, 2
"""What the column ``role`` says of a row; 0 for a row that is not read."""
STATUS_NUMBERS: Final = {status: number for number, status in enumerate(Status, start=1)}

_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_NAMED_DOMAINS: Final = {
    key_of(name).replace(",", ""): domain.number
    for domain in DOMAINS
    for name in (domain.vi, domain.en, *domain.also)
}
_NAMES: Final = tuple(_NAMED_DOMAINS)
_TOTALS: Final = tuple(map(key_of, rows.TOTAL_WORDS))
_REMARKS: Final = (*map(key_of, rows.REMARK_WORDS), "*", "(*")
_TITLES: Final = tuple(map(key_of, rows.SIGNER_TITLES))
_SIGNS: Final = ("|nơinhận", "|tm.", "|kt.", "|tl.", "|tuq.")
_PLACE_AND_DATE: Final = (",ngày", "tháng", "năm")
_LONGEST_DATE_LINE: Final = 100
_STATUS_NAMES: Final = tuple(
    key_of(name) for term in STATUS_TERMS.values() for name in (term.vi, *term.synonyms)
)
_NAMED: Final = ("product", "lead", "timing")
_OTHERS: Final = ("partners", "status", "percent", "evidence", "justification")
_HEADER: Final = key_of(schema.BY_KEY["task"].header)


def columns(status_keys: str, status_numbers: str) -> tuple[Formula, ...]:
    """Return the reading columns from ``number`` to ``progress``.

    Args:
        status_keys: absolute reference to the statuses and synonyms as `formulas.key_of` gives them.
        status_numbers: absolute reference to the number of each (`STATUS_NUMBERS`).
    """
    return (*_cells(), *_numbering(), *_roles(), *_progress(status_keys, status_numbers))


def _cells() -> tuple[Formula, ...]:
    signature = (*_TITLES, *_SIGNS, *_PLACE_AND_DATE)
    return (
        ("number", composed(flat(text("number")), (*_TOTALS, *_REMARKS))),
        ("task", composed(flat(text("task")), (*_NAMES, *_TOTALS, *_REMARKS, _HEADER))),
        ("row", composed(flat(f'"|"&{joined(schema.KEYS, "|")}&"|"'), signature)),
        ("named", flat(joined(_NAMED))),
        ("core", f"1*{says('[named]')}"),
        ("others", f"1*{says(flat(joined(_OTHERS)))}"),
    )


def _numbering() -> tuple[Formula, ...]:
    as_date = 'DAY(<number>)&"."&MONTH(<number>)'
    as_number = 'SUBSTITUTE([number],",",".")'
    as_text = (
        f'IF({says("[number]")},IF(OR(RIGHT([number],1)=".",RIGHT([number],1)=")"),'
        'LEFT([number],LEN([number])-1),[number]),"")'
    )
    no_number = 'OR([head]="",LEN([head])>5,ISNUMBER(FIND("-",[head])),ISNUMBER(FIND("/",[head])))'
    lower_levels = value('SUBSTITUTE(MID([key],LEN([head])+2,20),".","")')
    return (
        ("key", f"IF(ISNUMBER(<number>),IF(<number> >1000,{as_date},{as_number}),{as_text})"),
        ("head", 'IF(ISNUMBER(FIND(".",[key])),LEFT([key],FIND(".",[key])-1),[key])'),
        ("first", f"IF({no_number},0,IFERROR(VALUE([head]),IFERROR(MATCH([head],{array(_ROMAN)},0),0)))"),
        ("levels", f"IF([first]<1,0,IF(LEN([key])=LEN([head]),1,IF({lower_levels}>0,2,0)))"),
    )


def _roles() -> tuple[Formula, ...]:
    only_text = 'SUBSTITUTE([row],"|","")'
    is_title = (
        f"AND({is_one_of(only_text, _TITLES)},OR([core]=0,EXACT({text('lead')},UPPER({text('lead')}))))"
    )
    is_signature = (
        f"AND([levels]=0,OR([core]=0,{is_one_of('LEFT([named],3)', ('tm.', 'kt.', 'tl.'))}),"
        f"{holds('[row]', _SIGNS)})"
    )
    has_date = "*".join(f'ISNUMBER(FIND("{word}",[row]))' for word in _PLACE_AND_DATE)
    is_date_line = (
        f"AND([levels]=0,LEN([row])<{_LONGEST_DATE_LINE},{has_date}=1,"
        f'OR([core]=0,ISNUMBER(FIND("{_PLACE_AND_DATE[0]}",[named]))))'
    )
    numbers = "{" + ",".join(map(str, _NAMED_DOMAINS.values())) + "}"
    match = f'MATCH(SUBSTITUTE([task],",",""),{array(_NAMES)},0)'
    named = f'IF([key]="",IFERROR(INDEX({numbers},{match}),0),0)'
    is_stray = f"AND(NOT({says('[task]')}),OR(NOT({says('[number]')}),AND([levels]=0,[core]=0)))"
    by_number, unknown = "IF([levels]=2,[first],[place])", 0
    return (
        (
            "end",
            f"IF(ROW()<=[header_row],0,IF([^end]=1,1,IF(OR({is_title},{is_signature},{is_date_line}),1,0)))",
        ),
        ("heading", f"IF([core]=1,0,IF([levels]=1,[first],{named}))"),
        (
            "role",
            (
                f"IF(OR(ROW()<=[header_row],[end]=1,{is_stray},{_is_skipped()}),0,"
                f"IF([heading]>0,{HEADING},{TASK}))"
            ),
        ),
        ("place", f"IF([role]={HEADING},[heading],[^place])"),
        (
            "domain",
            f'IF([role]<>{TASK},"",IF(AND({by_number}>=1,{by_number}<={len(DOMAINS)}),{by_number},{unknown}))',
        ),
    )


def _is_skipped() -> str:
    """Return whether a row is a total, a repeated header, a remark, or the numbers of the columns."""
    label = 'SUBSTITUTE([number]&[task],":","")'
    is_remark = "OR(" + ",".join(f'LEFT({label},{len(word)})="{word}"' for word in _REMARKS) + ")"
    is_counter = f'OR(LEFT([task],1)="(",{value("[task]")}>0)'
    return (
        f"OR({is_one_of(label, _TOTALS)},"
        f'[task]="{_HEADER}",'
        f'AND([core]=0,[others]=0,OR([number]="",[task]=""),{is_remark}),'
        f'AND([task]<>"",LEN([task])<=4,LEN([number])<=4,{is_counter}))'
    )


def _progress(status_keys: str, status_numbers: str) -> tuple[Formula, ...]:
    status = composed(flat(text("status")), _STATUS_NAMES)
    unreported = STATUS_NUMBERS[Status.UNREPORTED]
    dots = 'LEN([share])-LEN(SUBSTITUTE([share],".",""))>1'
    is_no_number = f"OR({dots},{holds('[share]', ('-', '/', ':', '+', 'e', '|', '$', '%'))})"
    whole, part = 'LEFT([share],FIND(".",[share])-1)', 'MID([share],FIND(".",[share])+1,20)'
    decimal = f'IF(ISNUMBER(FIND(".",[share])),VALUE({whole})+VALUE({part})/10^LEN({part}),VALUE([share]))'
    scaled = 'IF(OR(RIGHT([percent],1)="%",[amount]>1),[amount]/100,[amount])'
    default = f"IF([status]={STATUS_NUMBERS[Status.DONE]},1,0)"
    return (
        (
            "status",
            f'IF([role]<>{TASK},"",IFERROR(INDEX({status_numbers},MATCH({status},{status_keys},0)),{unreported}))',
        ),
        ("percent", f'SUBSTITUTE({flat(text("percent"))},",",".")'),
        ("share", 'IF(RIGHT([percent],1)="%",LEFT([percent],LEN([percent])-1),[percent])'),
        ("amount", f"IF(ISNUMBER(<percent>),<percent>,IF({is_no_number},-1,IFERROR({decimal},-1)))"),
        ("progress", f'IF([role]<>{TASK},"",IF(AND([amount]>=0,{scaled}<=1),{scaled},{default}))'),
    )
