"""Words of search: what is looked for, and how it was found."""

from enum import StrEnum


class SearchKind(StrEnum):
    """What is searched for; in this order where matches are equal."""

    CUSTOMER = "customers, by name, number, certificate, phone, accounts and cards"
    HOUSEHOLD = "households, by the name of a member"
    ACCOUNT = "accounts, by number"
    CARD = "cards, by number"
    TICKET = "tickets, by number"
    STAFF = "staff, by name and number"
    BRANCH = "branches, by name and number"
    PRODUCT = "products, by name and number"


class SearchMatch(StrEnum):
    """How a row was found, the best first. A row that is found in several ways shows the best of them."""

    CERTIFICATE = "the text is the whole number of an identity document of the customer"
    PHONE = "the text is a whole phone number of the customer"
    ACCOUNT_NUMBER = "the text is the whole number of the account, or of one that the customer holds"
    CARD_NUMBER = "the text is the whole number of the card, or of one of the customer"
    NUMBER = "the text is the row's number, as bank and staff write it"
    NAME = "the text is the name"
    NUMBER_START = "the number begins with the text"
    NAME_START = "the name begins with the text"
    PINYIN = "the name begins so in pinyin"
    CERTIFICATE_END = "the text is the last four of an identity document of the customer"
    PHONE_END = "the text is the last four of a phone number of the customer"
    ACCOUNT_NUMBER_END = "the text is the last four of the account, or of one that the customer holds"
    CARD_NUMBER_END = "the text is the last four of the card, or of one of the customer"
    INITIALS = "the syllables of the name begin so: zw, zhwei"
    MEMBER = "the name of a member of the household begins so, in characters or pinyin"
    NAME_PART = "the name holds the text, of two characters or more"
