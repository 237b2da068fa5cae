"""Words of collateral."""

from enum import StrEnum


class CollateralKind(StrEnum):
    """What secures a loan."""

    HOME = "a dwelling (住宅)"
    COMMERCIAL_PROPERTY = "offices, shops, plants (商用房产)"
    LAND = "a right to use land (土地使用权)"
    VEHICLE = "a car, lorry or ship (车辆、船舶)"
    EQUIPMENT = "machines (机器设备)"
    INVENTORY = "goods in store (存货)"
    RECEIVABLES = "what others owe to its owner (应收账款)"
    DEPOSIT = "money in an account with the bank (存单质押)"
    SECURITIES = "shares, bonds, fund units (有价证券)"
    OTHER = "anything else"


class CollateralState(StrEnum):
    """How collateral stands."""

    PLEDGED = "secures the loan (在押)"
    RELEASED = "was given back (已解押)"
    REALISED = "was sold for the debt (已处置)"
