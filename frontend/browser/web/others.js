/** What other clients do meanwhile: who leads the branch of the relationship manager. */

import { ask, command } from "./house.js";

const COLLEAGUE = "branch_manager";

/** A task for the relationship manager of the journeys. */
export async function giveTask(title, customerId = null) {
  const { viewer } = await ask("relationship_manager", "{ viewer { staff { id } } }");
  const { task } = await command(
    COLLEAGUE,
    `mutation Give($input: CreateTaskInput!) {
      createTask(input: $input) { task { id version } errors { __typename ... on MutationError { message } } }
    }`,
    { input: { title, purpose: "SERVICE", assignedToId: viewer.staff.id, customerId } },
  );
  return task;
}

/** Another telephone number where the customer has one. */
export async function changeTelephone(customerId, value) {
  const { customer } = await ask(
    COLLEAGUE,
    `query Points($id: ID!) {
      customer(id: $id) { contactPoints(first: 1, where: { kind: { eq: PHONE }, endedAt: { isNull: true } }) { nodes { id version } } }
    }`,
    { id: customerId },
  );
  const [{ id, version }] = customer.contactPoints.nodes;
  await command(
    COLLEAGUE,
    `mutation Change($input: ChangeContactPointInput!) {
      changeContactPoint(input: $input) { errors { __typename ... on MutationError { message } } }
    }`,
    { input: { id, expectedVersion: version, value } },
  );
}
