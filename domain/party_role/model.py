"""Words of party roles."""

from enum import StrEnum


class PartyRoleKind(StrEnum):
    """What somebody is to the bank besides being its customer."""

    SUPPLIER = "sells to the bank (供应商)"
    OUTSOURCER = "does work for the bank (外包服务商)"
    PARTNER = "offers something together with the bank (合作伙伴)"
    AGENCY = "acts for the bank, or the bank for it (代理机构)"
    INTERMEDIARY = "brings business: estate agents, car dealers (中介)"
    APPRAISER = "values what secures loans (评估机构)"
