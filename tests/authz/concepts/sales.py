"""Sales: opportunities with their stages and quotations, leads, referrals."""

from tests.authz.reached import WORK

OPPORTUNITIES = WORK.format(table="opportunity", one="owner_id", other="opened_by_id")
LEADS = WORK.format(table="lead", one="owner_id", other="captured_by_id")
REFERRALS = WORK.format(table="referral", one="to_staff_id", other="from_staff_id")
OF_OPPORTUNITY = f"opportunity_id IN (SELECT id FROM ketu.opportunity WHERE {OPPORTUNITIES})"

ROWS = {
    "lead": (("lead:read",), LEADS),
    "opportunity": (("opportunity:read",), OPPORTUNITIES),
    "opportunity_stage_change": (("opportunity:read",), OF_OPPORTUNITY),
    "quotation": (("quotation:read",), OF_OPPORTUNITY),
    "referral": (("referral:read",), REFERRALS),
}
REFERENCE: set[str] = set()

LINKS = {
    "Branch.leads": "branch_id, id FROM ketu.lead",
    "Branch.opportunities": "branch_id, id FROM ketu.opportunity",
    "Branch.referrals": "branch_id, id FROM ketu.referral",
    "Customer.leads": "customer_id, id FROM ketu.lead",
    "Customer.opportunities": "customer_id, id FROM ketu.opportunity",
    "Customer.referrals": "customer_id, id FROM ketu.referral",
    "Lead.branch": "id, branch_id FROM ketu.lead",
    "Lead.capturedBy": "id, captured_by_id FROM ketu.lead",
    "Lead.customer": "id, customer_id FROM ketu.lead",
    "Lead.opportunities": "lead_id, id FROM ketu.opportunity",
    "Lead.owner": "id, owner_id FROM ketu.lead",
    "Lead.product": "id, product_id FROM ketu.lead",
    "Opportunity.branch": "id, branch_id FROM ketu.opportunity",
    "Opportunity.customer": "id, customer_id FROM ketu.opportunity",
    "Opportunity.lead": "id, lead_id FROM ketu.opportunity",
    "Opportunity.openedBy": "id, opened_by_id FROM ketu.opportunity",
    "Opportunity.owner": "id, owner_id FROM ketu.opportunity",
    "Opportunity.product": "id, product_id FROM ketu.opportunity",
    "Opportunity.quotations": "opportunity_id, id FROM ketu.quotation",
    "Opportunity.referral": "id, referral_id FROM ketu.opportunity",
    "Opportunity.stageChanges": "opportunity_id, id FROM ketu.opportunity_stage_change",
    "OpportunityStageChange.opportunity": "id, opportunity_id FROM ketu.opportunity_stage_change",
    "OpportunityStageChange.staff": "id, staff_id FROM ketu.opportunity_stage_change",
    "Product.leads": "product_id, id FROM ketu.lead",
    "Product.opportunities": "product_id, id FROM ketu.opportunity",
    "Product.quotations": "product_id, id FROM ketu.quotation",
    "Product.referrals": "product_id, id FROM ketu.referral",
    "Quotation.approvedBy": "id, approved_by_id FROM ketu.quotation",
    "Quotation.opportunity": "id, opportunity_id FROM ketu.quotation",
    "Quotation.product": "id, product_id FROM ketu.quotation",
    "Quotation.quotedBy": "id, quoted_by_id FROM ketu.quotation",
    "Referral.branch": "id, branch_id FROM ketu.referral",
    "Referral.customer": "id, customer_id FROM ketu.referral",
    "Referral.fromStaff": "id, from_staff_id FROM ketu.referral",
    "Referral.opportunities": "referral_id, id FROM ketu.opportunity",
    "Referral.product": "id, product_id FROM ketu.referral",
    "Referral.toStaff": "id, to_staff_id FROM ketu.referral",
    "Staff.leads": "owner_id, id FROM ketu.lead",
    "Staff.leadsCaptured": "captured_by_id, id FROM ketu.lead",
    "Staff.opportunities": "owner_id, id FROM ketu.opportunity",
    "Staff.opportunitiesOpened": "opened_by_id, id FROM ketu.opportunity",
    "Staff.opportunityStageChanges": "staff_id, id FROM ketu.opportunity_stage_change",
    "Staff.quotations": "quoted_by_id, id FROM ketu.quotation",
    "Staff.quotationsApproved": "approved_by_id, id FROM ketu.quotation",
    "Staff.referrals": "to_staff_id, id FROM ketu.referral",
    "Staff.referralsGiven": "from_staff_id, id FROM ketu.referral",
}
