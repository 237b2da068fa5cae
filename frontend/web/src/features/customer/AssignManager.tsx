import { useTranslation } from "react-i18next";
import { StaffField } from "@/features/picking";
import { graphql } from "@/graph";
import type { AssignManagerButtonFragment } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";

const AssignManagerCommand = graphql(`
  mutation AssignManager($input: AssignManagerInput!, $idempotencyKey: String!) {
    assignManager(input: $input, idempotencyKey: $idempotencyKey) {
      customer {
        id
        ...AssignManagerButton
      }
      errors {
        ...Problem
      }
    }
  }
`);

interface Typed {
  managerId?: string;
  backupManagerId?: string;
}

/** Who manages a customer (A角) and who stands in for them (B角). */
export default function AssignManager(props: {
  customer: AssignManagerButtonFragment;
  onConflict(): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { id, version, displayName, manager, backupManager } = props.customer;
  return (
    <CommandForm
      title={t("customer.assign.to", { name: displayName })}
      command={AssignManagerCommand}
      version={version}
      initialValues={{ ...(manager ? { managerId: manager.id } : {}), ...(backupManager ? { backupManagerId: backupManager.id } : {}) }}
      variables={(typed: Typed, expectedVersion) => ({
        input: {
          customerId: id,
          expectedVersion,
          // What is left out stays: there may be one whom the reader does not see.
          ...(typed.managerId === manager?.id ? {} : { managerId: typed.managerId ?? null }),
          ...(typed.backupManagerId === backupManager?.id ? {} : { backupManagerId: typed.backupManagerId ?? null }),
        },
      })}
      explain={({ __typename: type, path }) => (type === "InvalidInput" && path.length ? t("customer.assign.unfit") : null)}
      done={t("customer.assign.done")}
      onConflict={props.onConflict}
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
