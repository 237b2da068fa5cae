import { useTranslation } from "react-i18next";
import type { Priority } from "@/graph/generated/graphql";
import { Tag, type Tone } from "@/ui/values";

const TONES: Record<Priority, Tone> = { LOW: "neutral", NORMAL: "neutral", HIGH: "warning", URGENT: "danger" };

/** How soon something wants to be done. */
export function PriorityTag(props: { priority: Priority }) {
  const { t } = useTranslation();
  return <Tag tone={TONES[props.priority]}>{t(`terms.Priority.${props.priority}`)}</Tag>;
}
