"""The ways in which the bank and its customers reach each other."""

from enum import StrEnum


class Channel(StrEnum):
    """Where a contact takes place."""

    COUNTER = "at the counter of a branch (柜面)"
    PHONE = "by telephone (电话)"
    VISIT = "where the customer is (上门拜访)"
    WEB = "in the e-bank (网银)"
    MOBILE = "in the mobile bank (手机银行)"
    MESSAGE = "by text message or WeChat (短信、微信)"
    MAIL = "by mail (邮件)"
