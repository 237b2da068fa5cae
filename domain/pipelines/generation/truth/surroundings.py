"""Records of one block besides its money, its dealings and what stands behind its loans."""

from dataclasses import dataclass

from domain.pipelines.generation.truth.keeping import (
    Alerts,
    Assessments,
    Attributes,
    Cares,
    Contents,
    CustomerTiers,
    DossierEntries,
    Dossiers,
    GroupMembers,
    Groups,
    Notes,
    Papers,
    PartyRoles,
    ServiceRequests,
    SurveyAnswers,
    SurveyResponses,
    Terms,
    Visits,
)
from domain.pipelines.generation.truth.offering import Campaigned, Leads, Quotations, Referrals


@dataclass(frozen=True, slots=True)
class Around:
    """Of one block; that of firms has no campaigns, and that of persons no groups."""

    terms: Terms
    campaigned: Campaigned
    leads: Leads
    referrals: Referrals
    quotations: Quotations
    visits: Visits
    cares: Cares
    notes: Notes
    attributes: Attributes
    papers: Papers
    contents: Contents
    assessments: Assessments
    dossiers: Dossiers
    entries: DossierEntries
    service_requests: ServiceRequests
    survey_responses: SurveyResponses
    survey_answers: SurveyAnswers
    alerts: Alerts
    tiers: CustomerTiers
    groups: Groups
    members: GroupMembers
    roles: PartyRoles
