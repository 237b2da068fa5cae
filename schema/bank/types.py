"""The bank as everybody sees it who has signed in."""

from datetime import date

import strawberry

from resolvers.bank import edges
from schema.building import output_field


@strawberry.type(
    description="The bank (银行) whose customers these are: one legal entity (法人). Whoever has signed in sees all of "
    "it; it tells about no customer."
)
class Bank:
    """The one legal entity of the database."""

    name: str = output_field("Name (银行名称).", edges.name)
    business_date: date = output_field(
        'Business date (业务日期): the day that the bank\'s data describe. "Today" in rules and fields is this day, '
        "whatever the clock says.",
        edges.business_date,
    )
    time_zone: str = output_field(
        "Business time zone (业务时区), by its IANA name, such as `Asia/Shanghai`: that in which instants belong to "
        "days, and branches have their working hours.",
        edges.time_zone,
    )
    base_currency: str = output_field("Base currency (本位币), as a code of ISO 4217.", edges.base_currency)
    is_sample: bool = output_field(
        "Whether it is a sample (样例银行), built in, generated or made of published files, and no bank at work. Its "
        "staff are fictitious, then, and `./ketu` hands out their sign-ins.",
        edges.is_sample,
    )
