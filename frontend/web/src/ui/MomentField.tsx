import { DatePicker, Form } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import type { ComponentProps, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { clockIn, instantIn } from "@/i18n/zone";
import { useBank } from "@/session/BankContext";

type PickerProps = Pick<ComponentProps<typeof DatePicker>, "minDate" | "maxDate" | "presets">;

/** An instant, chosen by the clocks of the bank whatever zone the machine is in. Its value is "2026-10-31T01:00:00.000Z". */
export function MomentField(
  props: { name: string; label: string; required?: boolean; help?: ReactNode } & PickerProps,
) {
  const { t } = useTranslation();
  const { name, label, help, required = false, ...picker } = props;
  return (
    <Form.Item name={name} label={label} extra={help} rules={[{ required, message: t("ui.required") }]}>
      <Moment {...picker} />
    </Form.Item>
  );
}

function Moment(props: { id?: string; value?: string | null; onChange?: (value: string | null) => void } & PickerProps) {
  const { timeZone, businessDate } = useBank();
  const { value, onChange, ...picker } = props;
  return (
    <DatePicker
      {...picker}
      style={{ width: "100%" }}
      getPopupContainer={popupContainer}
      format="YYYY-MM-DD HH:mm"
      showTime={{ format: "HH:mm", minuteStep: 5, defaultValue: dayjs("2000-01-01T17:00") }}
      defaultPickerValue={dayjs(businessDate)}
      value={value ? dayjs(clockIn(new Date(value), timeZone)) : null}
      // Enter takes what was typed here; it does not send the form.
      onKeyDown={(event) => event.key === "Enter" && !event.ctrlKey && event.preventDefault()}
      onChange={(chosen) => {
        const clock = Array.isArray(chosen) ? chosen[0] : chosen;
        onChange?.(clock ? instantIn(clock.format("YYYY-MM-DD"), clock.format("HH:mm"), timeZone).toISOString() : null);
      }}
    />
  );
}

/** On a phone the calendar is higher than what is left below its field: it is put where it can be scrolled to. */
function popupContainer(field: HTMLElement): HTMLElement {
  const isNarrow = matchMedia("(max-width: 480px)").matches;
  return (isNarrow && field.closest<HTMLElement>(".ant-drawer-body")) || document.body;
}
