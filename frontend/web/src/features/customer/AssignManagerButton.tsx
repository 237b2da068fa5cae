import { UserSwitchOutlined } from "@ant-design/icons";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import { FormButton } from "@/ui/FormButton";

const AssignManager = lazy(() => import("./AssignManager"));

const AssignManagerButtonFragment = graphql(`
  fragment AssignManagerButton on Customer {
    id
    version
    displayName
    state
    manager {
      id
      name
    }
    backupManager {
      id
      name
    }
  }
`);

/** Gives a customer to a manager, to another one, or back to the pool of their branch (分配客户经理). */
export function AssignManagerButton(props: {
  customer: FragmentType<typeof AssignManagerButtonFragment>;
  small?: boolean;
}) {
  const { t } = useTranslation();
  const mayAssign = usePermission("customer:assign_manager") !== null;
  const customer = readFragment(AssignManagerButtonFragment, props.customer);
  if (!mayAssign || customer.state === "DEREGISTERED") return null;
  return (
    <FormButton
      {...(props.small
        ? { size: "small" as const, "aria-label": t("customer.assign.to", { name: customer.displayName }) }
        : { icon: <UserSwitchOutlined aria-hidden /> })}
      renderForm={(close) => <AssignManager customer={customer} onClose={close} />}
    >
      {t(props.small ? "customer.assign.short" : "customer.assign.open")}
    </FormButton>
  );
}
