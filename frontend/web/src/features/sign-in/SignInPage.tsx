import { Alert, Button, Form, Input } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { enrol, Refusal, signIn } from "@/session/session";
import { AppearanceSwitch } from "@/features/shell/AppearanceSwitch";
import { LanguageSwitch } from "@/features/shell/LanguageSwitch";
import { Loading } from "@/ui/states";
import "./sign-in.css";

const Enrolment = lazy(() => import("./Enrolment"));

/** The steps that a role or an account may ask for, one after another. */
type Step = "password" | "newPassword" | "code" | "enrol";

interface Given {
  username: string;
  password: string;
  newPassword?: string;
  repeated?: string;
  totp?: string;
}

const NEXT: Record<string, Step> = {
  PASSWORD_CHANGE_REQUIRED: "newPassword",
  TOTP_REQUIRED: "code",
  TOTP_ENROLMENT_REQUIRED: "enrol",
};

const TITLES = {
  password: "signIn.title",
  newPassword: "signIn.newPasswordTitle",
  code: "signIn.codeTitle",
  enrol: "signIn.enrolTitle",
} as const;

const SUBMITS = {
  password: "signIn.submit",
  newPassword: "signIn.change",
  code: "signIn.submit",
  enrol: "signIn.confirm",
} as const;

export function SignInPage() {
  const { t } = useTranslation();
  const [form] = Form.useForm<Given>();
  const [step, setStep] = useState<Step>("password");
  const [enrolled, setEnrolled] = useState<{ secret: string; uri: string } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    document.title = `${t("signIn.title")} · 客图 Ketu`;
  }, [t]);

  async function submit() {
    // Fields of earlier steps are not shown any more, and still count.
    const { username, password, newPassword, totp } = form.getFieldsValue(true) as Given;
    const given = { username, password, ...(totp ? { totp: totp.replaceAll(/\s/g, "") } : {}) };
    setBusy(true);
    setRefusal(null);
    try {
      if (step === "enrol") await signIn("totp/confirm", given);
      // Whoever has an authenticator proves it before the new password is taken.
      else if (newPassword) await signIn("password", { ...given, newPassword });
      else await signIn("sign-in", given);
    } catch (error) {
      // What it leads to asks the server as well.
      await meet(error, given, newPassword).catch(refuse);
    } finally {
      setBusy(false);
    }
  }

  function refuse(error: unknown) {
    form.resetFields(["totp"]);
    setRefusal(error instanceof Refusal ? error.code : "offline");
  }

  async function meet(error: unknown, given: Record<string, string>, newPassword: string | undefined) {
    if (!(error instanceof Refusal)) return refuse(error);
    if (error.code === "UNFIT_PASSWORD") setStep("newPassword");
    const next = NEXT[error.code];
    if (!next || (next === "code" && step === "code")) return refuse(error);
    if (next === "enrol") {
      // After a changed password the new one is the one to show.
      const password = newPassword || (given.password ?? "");
      form.setFieldValue("password", password);
      setEnrolled(await enrol({ ...given, password }));
    }
    form.resetFields(["totp"]);
    setStep(next);
  }

  function back() {
    form.resetFields(["password", "newPassword", "repeated", "totp"]);
    setEnrolled(null);
    setRefusal(null);
    setStep("password");
  }

  const required = [{ required: true, message: t("ui.required") }];
  return (
    <main className="sign-in">
      <div className="sign-in__bar">
        <LanguageSwitch />
        <AppearanceSwitch />
      </div>
      <div className="sign-in__card">
        <div className="sign-in__brand">
          <span className="shell__mark" aria-hidden="true" />
          <div>
            <div className="sign-in__name">客图 Ketu</div>
            <div className="muted">{t("signIn.slogan")}</div>
          </div>
        </div>
        <h1 className="sign-in__title">{t(TITLES[step])}</h1>
        {refusal && <RefusalAlert code={refusal} />}
        <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} className="sign-in__form">
          {step === "password" && (
            <>
              <Form.Item name="username" label={t("signIn.username")} rules={required}>
                <Input autoComplete="username" autoFocus maxLength={200} size="large" />
              </Form.Item>
              <Form.Item name="password" label={t("signIn.password")} rules={required}>
                <Input.Password autoComplete="current-password" maxLength={200} size="large" />
              </Form.Item>
            </>
          )}
          {step === "newPassword" && (
            <>
              <Form.Item name="newPassword" label={t("signIn.newPassword")} rules={required} extra={t("signIn.newPasswordHelp")}>
                <Input.Password autoComplete="new-password" autoFocus maxLength={200} size="large" />
              </Form.Item>
              <Form.Item
                name="repeated"
                label={t("signIn.repeatPassword")}
                dependencies={["newPassword"]}
                rules={[
                  ...required,
                  {
                    validator: async (_, value) => {
                      if (value && value !== form.getFieldValue("newPassword")) throw new Error(t("signIn.differs"));
                    },
                  },
                ]}
              >
                <Input.Password autoComplete="new-password" maxLength={200} size="large" />
              </Form.Item>
            </>
          )}
          {step === "enrol" && enrolled && (
            <Suspense fallback={<Loading lines={4} />}>
              <Enrolment secret={enrolled.secret} uri={enrolled.uri} />
            </Suspense>
          )}
          {(step === "code" || step === "enrol") && (
            <Form.Item
              name="totp"
              label={t("signIn.code")}
              rules={required}
              extra={step === "code" ? t("signIn.codeHelp") : undefined}
            >
              <Input autoComplete="one-time-code" inputMode="numeric" autoFocus maxLength={10} size="large" />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" size="large" block loading={busy}>
            {t(SUBMITS[step])}
          </Button>
          {step !== "password" && (
            <Button type="link" block onClick={back}>
              {t("signIn.back")}
            </Button>
          )}
        </Form>
      </div>
    </main>
  );
}

/** Why the bank did not let them in, in their words. */
function RefusalAlert(props: { code: string }) {
  const { t, i18n } = useTranslation();
  const key = `signIn.refusal.${props.code}`;
  const words = i18n.exists(key) ? t(key as "signIn.refusal.other") : t("signIn.refusal.other");
  return <Alert type="error" showIcon role="alert" title={words} />;
}
