import { useTranslation } from "react-i18next";
import { ChoiceField } from "@/ui/fields";
import { PRIORITIES } from "./priorities";

export function PriorityField(props: { label: string }) {
  const { t } = useTranslation();
  return (
    <ChoiceField
      name="priority"
      label={props.label}
      required
      options={PRIORITIES.map((value) => ({ value, label: t(`terms.Priority.${value}`) }))}
    />
  );
}
