"""Words of credit dossiers."""

from enum import StrEnum


class CreditDossierState(StrEnum):
    """How far a customer's credit has come."""

    UNDER_REVIEW = "is being looked into (调查审批中)"
    APPROVED = "may be used up to its limit (已批准)"
    REFUSED = "was not granted (已否决)"
    SUSPENDED = "may not be used for now (已冻结)"
    CLOSED = "is over (已终止)"


class CreditRating(StrEnum):
    """How likely a customer is to pay, as the bank rates it, best first."""

    AAA = "will pay"
    AA = "will hardly fail"
    A = "pays in ordinary times"
    BBB = "pays, and bad times would tell"
    BB = "may fail in bad times"
    B = "is likely to fail in bad times"
    CCC = "is about to fail"
    D = "has failed (违约)"


class LoanClass(StrEnum):
    """The five classes that supervisors ask for (五级分类)."""

    NORMAL = "正常"
    SPECIAL_MENTION = "关注"
    SUBSTANDARD = "次级"
    DOUBTFUL = "可疑"
    LOSS = "损失"


class CreditDossierEntryKind(StrEnum):
    """What happens to a credit."""

    APPLICATION = "the customer asks for it (申请)"
    INVESTIGATION = "somebody looks into it (贷前调查)"
    REVIEW = "it is looked at again (贷后检查)"
    RATING = "the customer is rated (评级)"
    APPROVAL = "it is granted, or another limit (审批通过)"
    REFUSAL = "it is not granted (审批否决)"
    SUSPENSION = "it may not be used for now (冻结)"
    CLOSURE = "it is over (终止)"
