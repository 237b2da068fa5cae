import { useTranslation } from "react-i18next";
import { ChoiceField } from "@/ui/fields";
import { CHANNELS } from "./channels";

/** In which way something came about or was done. */
export function ChannelField(props: { name: string; label: string; required?: boolean }) {
  const { t } = useTranslation();
  return <ChoiceField {...props} options={CHANNELS.map((value) => ({ value, label: t(`terms.Channel.${value}`) }))} />;
}
