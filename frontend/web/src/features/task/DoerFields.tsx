import { Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { StaffField } from "@/features/picking";
import { usePermission, useViewer } from "@/session/ViewerContext";

/** Who is to do a task: the reader, somebody else, or anybody in the branch. */
export interface Doer {
  doer: "me" | "colleague" | "anybody";
  assignedToId?: string;
}

export function DoerFields() {
  const { t } = useTranslation();
  const { staff } = useViewer();
  const mayAssign = usePermission("task:assign") !== null;
  const doer = Form.useWatch<Doer["doer"]>("doer");
  return (
    <>
      <Form.Item name="doer" label={t("task.doer")}>
        <Radio.Group
          options={[
            ...(staff ? [{ value: "me", label: t("task.me") }] : []),
            ...(mayAssign ? [{ value: "colleague", label: t("task.colleague") }] : []),
            { value: "anybody", label: t("task.anybody") },
          ]}
        />
      </Form.Item>
      {doer === "colleague" && <StaffField name="assignedToId" label={t("task.colleague")} required />}
    </>
  );
}

/** As a command takes it; null: anybody in the branch. */
export function doerId(chosen: Doer, viewer: ReturnType<typeof useViewer>): string | null {
  if (chosen.doer === "me") return viewer.staff?.id ?? null;
  return chosen.doer === "colleague" ? (chosen.assignedToId ?? null) : null;
}
