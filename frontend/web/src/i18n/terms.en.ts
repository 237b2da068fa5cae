/** What the graph's enums are called. */
export const terms = {
  CustomerKind: { PERSON: "Person", ORGANISATION: "Organisation" },
  CustomerState: { PROSPECT: "Prospect", ACTIVE: "Active", DEREGISTERED: "Deregistered" },
  Sex: { MALE: "Male", FEMALE: "Female" },
  Role: {
    administrator: "Administrator",
    auditor: "Auditor",
    branch_manager: "Branch manager",
    data_steward: "Data steward",
    field_manager: "Field manager",
    head_office_analyst: "Head office analyst",
    integrator: "Integrator",
    regional_manager: "Regional manager",
    relationship_manager: "Relationship manager",
    security_officer: "Security officer",
    service_agent: "Service agent",
    teller: "Teller",
  },
};
