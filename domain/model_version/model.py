"""Words of models."""

from enum import StrEnum


class Prediction(StrEnum):
    """What is predicted of a customer."""

    CHURN = "that they leave (流失)"
    PROPENSITY = "that they take a product (购买倾向)"
    RESPONSE = "that they respond to a campaign (营销响应)"
    LOAN_DEFAULT = "that they do not pay back (违约)"
    VALUE = "what they are worth to the bank (客户价值)"
    ANOMALY = "that something is wrong (异常)"


class ModelState(StrEnum):
    """What a version of a model is used for."""

    CANDIDATE = "being tried (待审批)"
    CHALLENGER = "runs beside the champion, to be compared (挑战者)"
    CHAMPION = "its scores are used (冠军)"
    RETIRED = "used no more (已退役)"
