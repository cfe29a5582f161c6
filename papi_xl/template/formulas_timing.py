"""Formulas that read `Thời gian thực hiện`: kind, due date, and the state on the as-of date.

A timing may name one date or period; of several dates the last one counts. A full date wins over words such
as `Thường xuyên`, a bare year does not, as in `timing`.
"""

from typing import Final

from papi_xl.completion import SOON_DAYS
from papi_xl.periods import SCHOOL_TERM_ENDS
from papi_xl.template.formulas import (
    Formula,
    after_last,
    array,
    composed,
    digits_at_end,
    flat,
    holds,
    is_one_of,
    says,
    substituted,
    text,
    value,
)
from papi_xl.template.formulas_rows import STATUS_NUMBERS, TASK
from papi_xl.vocabulary import State, Status

QUARTER, HALF, DAY, MONTH, YEAR, BARE_YEAR, THIS_YEAR, TERM = range(1, 9)
"""Forms of a date or period, as the column ``form`` numbers them."""

_SERIAL: Final = 10_000
"""Numbers above are dates as the spreadsheet counts them, smaller ones are years."""
_FIRST_YEAR, _END_OF_YEARS = 1900, 2100
_QUARTERS: Final = ("i", "ii", "iii", "iv", "1", "2", "3", "4")
_TERMS: Final = ("i", "ii", "1", "2")
_SPANS: Final = ("ngày", "tuần", "tháng")
_RECURRING: Final = (
    "thườngxuyên", "liêntục",
    *(every + span for every in ("hàng", "hằng", "mỗi") for span in (*_SPANS, "quý", "kỳ", "năm")),
    "địnhkỳ",
)  # fmt: skip
_CONDITIONS: Final = ("saukhi", "ngaykhi", "kểtừ", "kýbanhành")
_OPENINGS: Final = ("chờ", "khicó")
_WHOLE_YEAR: Final = ("trongnăm", "cảnăm", "hếtnăm", "đếnhếtnăm", "cuốinăm")
_WRITTEN: Final = (
    ("trướcthờiđiểm", "trước"), ("trướcngày", "trước"), ("trướchết", "trước"), ("kì", "kỳ"), ("hk", "kỳ"),
    ("năm20", "/20"), ("đầunăm", "đầu"), ("cuốinăm", "cuối"),
)  # fmt: skip
_FILLERS: Final = (
    "theokếhoạch", "hoànthành", "chậmnhất", "giaiđoạn", "thờihạn", "dựkiến", "cụthể", "trong", "ngày", "xong",
    "đến", "hết", "hạn", "từ", "vào", "cả", "là", "có", "và", ",", ";", ":", "(", ")", ".",
)  # fmt: skip
_WORDS: Final = (
    *_RECURRING, *_CONDITIONS, *_OPENINGS, *_WHOLE_YEAR, *_FILLERS, *(old for old, _ in _WRITTEN), "vòng",
    "học",
)  # fmt: skip


def columns() -> tuple[Formula, ...]:
    """Return the reading columns from ``serial`` to ``state``."""
    return (*_kinds(), *_parts(), *_forms(), *_period(), *_school_year(), *_result())


def _kinds() -> tuple[Formula, ...]:
    dashes = substituted(composed(flat(text("timing")), _WORDS), (("–", "-"), ("—", "-")))
    rest = 'SUBSTITUTE(MID([timing],FIND("trong",[timing])+5,20),"vòng","")'
    within = f"IFERROR(AND({value(f'LEFT({rest},1)')}>0,{holds(f'LEFT({rest},8)', _SPANS)}),FALSE)"
    opens = "OR(" + ",".join(f'LEFT([timing],{len(word)})="{word}"' for word in _OPENINGS) + ")"
    return (
        ("serial", f"IF(ISNUMBER(<timing>),IF(<timing> >{_SERIAL},INT(<timing>),0),0)"),
        ("timing", f'IF([serial]>0,"",{dashes})'),
        ("recurring", f"1*{holds('[timing]', _RECURRING)}"),
        ("conditional", f"IF(OR({opens},{holds('[timing]', _CONDITIONS)},{within}),1,0)"),
    )


def _parts() -> tuple[Formula, ...]:
    """Return the columns that take a timing apart: at its last slash, at the digits before it."""

    def count(sign: str) -> str:
        return f'(LEN([timing])-LEN(SUBSTITUTE([timing],"{sign}","")))'

    dotted = 'SUBSTITUTE(IF(RIGHT([timing],1)=".",LEFT([timing],LEN([timing])-1),[timing]),".","/")'
    has_slash, has_year = 'ISNUMBER(FIND("/",[timing]))', 'ISNUMBER(FIND("năm",[timing]))'
    has_month = 'ISNUMBER(FIND("tháng",[timing]))'
    slashed = (
        f"IF({has_slash},[timing],IF({count('.')}>=2,{dotted},"
        f"IF(AND(NOT({has_year}),OR({count('-')}=2,AND({count('-')}=1,{has_month}))),"
        'SUBSTITUTE([timing],"-","/"),[timing])))'
    )
    slashes = '(LEN([date])-LEN(SUBSTITUTE([date],"/","")))'
    blanked = tuple((word, " ") for word in (*_RECURRING, *_FILLERS))
    digits = "MID([date],[slash]+1,4)"
    number = value(digits)
    return (
        ("date", f"TRIM({substituted(substituted(slashed, _WRITTEN), blanked)})"),
        ("slash", f'IFERROR(FIND("|",SUBSTITUTE([date],"/","|",{slashes})),0)'),
        (
            "named_year",
            (
                f"IF([slash]=0,0,IF(AND({number}>={_FIRST_YEAR},{number}<{_END_OF_YEARS}),{number},"
                f"IF(AND({slashes}>=2,LEN({digits})=2,{number}>0),2000+{number},0)))"
            ),
        ),
        ("unit", "IF([named_year]>0,LEFT([date],[slash]-1),[date])"),
        ("month_digits", digits_at_end("[unit]")),
        ("month", value("RIGHT([unit],[month_digits])")),
        ("before_month", "LEFT([unit],LEN([unit])-[month_digits])"),
        (
            "before_sign",
            (
                'IF(RIGHT([before_month],1)="/",LEFT([before_month],LEN([before_month])-1),'
                'IF(RIGHT([before_month],5)="tháng",LEFT([before_month],LEN([before_month])-5),[before_month]))'
            ),
        ),
        ("has_sign", "IF(LEN([before_sign])<LEN([before_month]),1,0)"),
        ("day_digits", f"IF([has_sign]=1,{digits_at_end('[before_sign]')},0)"),
        ("day", value("RIGHT([before_sign],[day_digits])")),
    )


def _forms() -> tuple[Formula, ...]:
    last_quarter = 'TRIM(RIGHT(SUBSTITUTE(SUBSTITUTE([quarter_text],"-"," ")," ",REPT(" ",99)),99))'
    quarter = f"IFERROR(MATCH({last_quarter},{array(_QUARTERS)},0),0)"
    term = f"IFERROR(MATCH([term_text],{array(_TERMS)},0),0)"
    at_end = 'IF(RIGHT([unit],8)="thángđầu",8,IF(RIGHT([unit],9)="thángcuối",9,0))'
    months = value("MID([unit],LEN([unit])-[half_length],1)")
    bare = 'TRIM(SUBSTITUTE([date],"trước",""))'
    is_year = f"AND(LEN({bare})=4,{value(bare)}>={_FIRST_YEAR},{value(bare)}<{_END_OF_YEARS})"
    only_year = is_one_of('TRIM(SUBSTITUTE([unit],"trước",""))&"|"', ("|", "đầu|", "cuối|"))
    return (
        ("quarter_text", after_last("[unit]", "quý")),
        ("quarter", f"IF({quarter}=0,0,MOD({quarter}-1,4)+1)"),
        ("half_length", at_end),
        ("half_months", f"IF([half_length]=0,0,IF(OR({months}=3,{months}=6,{months}=9),{months},0))"),
        ("term_text", after_last("[before_school_year]", "kỳ")),
        ("term", f"IF({term}=0,0,MOD({term}-1,2)+1)"),
        (
            "form",
            (
                f"IF([quarter]>0,{QUARTER},IF([half_months]>0,{HALF},IF([term]>0,{TERM},"
                f"IF(AND([month]>=1,[month]<=12,[day]>0),{DAY},"
                f"IF(AND([month]>=1,[month]<=12,OR([named_year]>0,[has_sign]=1)),{MONTH},"
                f"IF(AND([named_year]>0,{only_year}),{YEAR},IF({is_year},{BARE_YEAR},"
                f"IF({is_one_of('[timing]', _WHOLE_YEAR)},{THIS_YEAR},0))))))))"
            ),
        ),
    )


def _period() -> tuple[Formula, ...]:
    """Return the columns that give the named period its first and last day, and the due date."""
    opening = (
        f"IF([form]={QUARTER},LEFT([unit],LEN([unit])-3-LEN([quarter_text])),"
        f"IF([form]={HALF},LEFT([unit],LEN([unit])-[half_length]-1),"
        f"IF([form]={TERM},LEFT([unit],LEN([unit])-2-LEN([term_text])),"
        f"IF([form]={DAY},LEFT([before_sign],LEN([before_sign])-[day_digits]),"
        f"IF([form]={MONTH},[before_sign],IF([form]={YEAR},[unit],"
        f'IF([form]={BARE_YEAR},LEFT([date],LEN([date])-4),"")))))))'
    )
    first = (
        f"IF([form]={QUARTER},3*[quarter]-2,"
        f"IF([form]={HALF},IF([half_length]=8,1,13-[half_months]),IF([form]={TERM},IF([term]=1,9,1),"
        f"IF(OR([form]={DAY},[form]={MONTH}),[month],1))))"
    )
    last = (
        f"IF([form]={QUARTER},3*[quarter],"
        f"IF([form]={HALF},IF([half_length]=8,[half_months],12),IF([form]={TERM},IF([term]=1,12,5),"
        f"IF(OR([form]={DAY},[form]={MONTH}),[month],12))))"
    )
    named = f"IF([form]={BARE_YEAR},{value('RIGHT([date],4)')},IF([named_year]>0,[named_year],[plan_year]))"
    is_month = f'OR([form]<>{MONTH},RIGHT([before_month],5)="tháng")'
    is_firm = f"AND([named_year]>0,[form]>0,[form]<={MONTH},{is_month})"
    alone = is_one_of(
        'SUBSTITUTE(SUBSTITUTE(TRIM(SUBSTITUTE([opening],"trước",""))," ",""),"họckỳ","")&"|"',
        ("|", "đầu|", "cuối|", "học|"),
    )
    start, end = "DATE([year],[first_month],1)", "DATE([year],[last_month]+1,0)"
    exact = "DATE([year],[month],[day])"
    is_day = f"AND(DAY({exact})=[day],MONTH({exact})=[month])"
    before = 'RIGHT(TRIM([opening]),5)="trước"'
    return (
        ("opening", opening),
        ("year", named),
        ("first_month", first),
        ("last_month", last),
        ("firm", f"IF({is_firm},1,0)"),
        (
            "named_due",
            (
                f"IF(OR([form]=0,AND([firm]=0,NOT({alone}))),0,"
                f"IF([form]={DAY},IF({is_day},{exact}-IF({before},1,0),0),IF({before},{start}-1,{end})))"
            ),
        ),
    )


def _school_year() -> tuple[Formula, ...]:
    """Return the columns for `2020-2021`: a school year, with or without a term, or a range of years."""
    from_year, until_year = (
        value('MID([date],FIND("-",[date])-4,4)'),
        value('MID([date],FIND("-",[date])+1,4)'),
    )
    compact = 'SUBSTITUTE([date]," ","")'
    is_range = f"AND({from_year}>={_FIRST_YEAR},{until_year}>={_FIRST_YEAR},{until_year}<{_END_OF_YEARS})"
    (_, first_term_end), (_, second_term_end) = SCHOOL_TERM_ENDS[1], SCHOOL_TERM_ENDS[2]
    first_month, second_month = SCHOOL_TERM_ENDS[1][0], SCHOOL_TERM_ENDS[2][0]
    return (
        ("until_year", f'IF(ISNUMBER(FIND("-",[date])),IF({is_range},{until_year},0),0)'),
        ("from_year", f"IF([until_year]>0,{from_year},0)"),
        (
            "before_school_year",
            'IF([until_year]>0,SUBSTITUTE(TRIM(LEFT([date],FIND("-",[date])-5)),"nămhọc",""),[unit])',
        ),
        ("school_firm", 'IF(AND([until_year]>0,OR([term]>0,ISNUMBER(FIND("nămhọc",[date])))),1,0)'),
        (
            "school_due",
            (
                f"IF([until_year]=0,0,IF([term]=1,DATE([from_year],{first_month},{first_term_end}),"
                f"IF([school_firm]=1,DATE([until_year],{second_month},{second_term_end}),"
                f"IF(LEN({compact})=9,DATE([until_year],12,31),0))))"
            ),
        ),
    )


def _result() -> tuple[Formula, ...]:
    named = "IF([until_year]>0,0,[named_due])"
    is_date = f"AND([form]>0,OR([form]<={MONTH},[form]={TERM}))"
    firm = f"MAX([serial],IF({is_date},{named},0),IF([school_firm]=1,[school_due],0))"
    return (
        ("firm_due", firm),
        (
            "due",
            (
                f"IF([firm_due]>0,[firm_due],IF(OR([recurring]=1,[conditional]=1,NOT({says('[timing]')})),0,"
                f"MAX({named},[school_due])))"
            ),
        ),
        (
            "state",
            (
                f'IF([role]<>{TASK},"",IF([status]={STATUS_NUMBERS[Status.DONE]},"{State.DONE}",'
                f'IF(AND([recurring]=1,[firm_due]=0),"{State.RECURRING}",'
                f'IF([due]=0,IF([conditional]=1,"{State.CONDITIONAL}","{State.DUE_UNKNOWN}"),'
                f'IF([due]<[as_of],"{State.OVERDUE}",IF([due]<=[as_of]+{SOON_DAYS},"{State.DUE_SOON}",'
                f'"{State.AS_REPORTED}"))))))'
            ),
        ),
    )
