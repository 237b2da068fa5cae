import { useTranslation } from "react-i18next";
import { useQuery } from "urql";
import { StaffField } from "@/features/picking";
import { type CommandProblem, graphql } from "@/graph";
import type { AssignManagerButtonFragment } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";

const AssignManagerCommand = graphql(`
  mutation AssignManager($input: AssignManagerInput!, $idempotencyKey: String!) {
    assignManager(input: $input, idempotencyKey: $idempotencyKey) {
      customer {
        id
        manager {
          id
        }
        ...AssignManagerButton
      }
      errors {
        ...Problem
      }
    }
  }
`);

const CustomerToAssignQuery = graphql(`
  query CustomerToAssign($id: ID!) {
    customer(id: $id) {
      id
      ...AssignManagerButton
    }
  }
`);

interface Typed {
  managerId: string | undefined;
  backupManagerId: string | undefined;
}

/** Who manages a customer (A角) and who stands in for them (B角). */
export default function AssignManager(props: { customer: AssignManagerButtonFragment; onClose(): void }) {
  const { t } = useTranslation();
  const { id, version, displayName, manager, backupManager } = props.customer;
  // The customer alone: a list that they may have left is asked for when this has been done with.
  const [, readAnew] = useQuery({ query: CustomerToAssignQuery, variables: { id }, pause: true });

  function explain({ __typename: type, path }: CommandProblem): string | null {
    if (type !== "InvalidInput") return null;
    const field = path.at(-1);
    if (field === "managerId" || field === "backupManagerId") return t("customer.assign.unfit");
    return field === "customerId" ? null : t("customer.assign.unchanged");
  }

  return (
    <CommandForm
      title={t("customer.assign.to", { name: displayName })}
      command={AssignManagerCommand}
      version={version}
      initialValues={{ managerId: manager?.id, backupManagerId: backupManager?.id }}
      variables={(typed: Typed, expectedVersion) => ({
        input: {
          customerId: id,
          expectedVersion,
          // What is left out stays: there may be one whom the reader does not see.
          ...(typed.managerId === manager?.id ? {} : { managerId: typed.managerId ?? null }),
          ...(typed.backupManagerId === backupManager?.id ? {} : { backupManagerId: typed.backupManagerId ?? null }),
        },
      })}
      explain={explain}
      done={({ customer }) => t(customer && !customer.manager ? "customer.assign.returned" : "customer.assign.done")}
      onConflict={() => readAnew({ requestPolicy: "network-only" })}
      onClose={props.onClose}
    >
      <StaffField
        name="managerId"
        label={t("customer.manager")}
        help={t("customer.assign.help")}
        initially={manager && { value: manager.id, label: manager.name }}
      />
      <StaffField
        name="backupManagerId"
        label={t("customer.backupManager")}
        initially={backupManager && { value: backupManager.id, label: backupManager.name }}
      />
    </CommandForm>
  );
}
