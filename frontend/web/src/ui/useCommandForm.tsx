import { Alert, Form, type FormInstance } from "antd";
import type { DocumentNode } from "graphql";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AnyVariables, TypedDocumentNode } from "urql";
import { type CommandProblem, type Failure, type PayloadOf, useCommand } from "@/graph";
import { type Placed, problemsAtFields } from "./problemsAtFields";
import { useProblemText } from "./useProblemText";
import { useMessage } from "@/ui/useMessage";

/** What a form is told of its command. */
export interface CommandOfForm<Data, Variables, Values> {
  command: TypedDocumentNode<Data, Variables> & DocumentNode;
  /** What is sent: `version` is the one that the reader has seen. */
  variables(values: Values, version: number): Omit<Variables, "idempotencyKey">;
  /** The version of the row that is shown; nothing for what is new. */
  version?: number | undefined;
  /** Reads the row anew, whose version is not the one that the reader has seen. */
  onConflict?(): void;
  /** Words for a problem, where those by its type do not suffice. */
  explain?(problem: CommandProblem): string | null | undefined;
  /** What is said when it is done. */
  done: string | ((payload: PayloadOf<Data>) => string);
  onDone?(payload: PayloadOf<Data>): void;
  /** What stands in the fields at first; those that nobody has touched follow it. */
  initialValues?: Partial<Values>;
  children: ReactNode;
}

/**
 * A command's form, and what came of it; a drawer or a box puts `body` and a button that submits `name` in their places.
 *
 * Problems are shown at the fields that their paths end in, so the fields bear the names of the input. Where somebody
 * else has changed the row that it is about, the form says so, has it read anew, and keeps what was typed: the next
 * attempt is made from the version that is shown then.
 */
export function useCommandForm<
  Data extends Record<string, unknown>,
  Variables extends AnyVariables,
  Values extends object,
>(given: CommandOfForm<Data, Variables, Values>, after: { done(): void }) {
  const { t } = useTranslation();
  const message = useMessage();
  const [form] = Form.useForm<Values>();
  const name = `form${useId().replaceAll(/\W/g, "")}`;
  const [notice, setNotice] = useState<Notice | null>(null);
  const [isDone, setDone] = useState(false);
  const [isBegun, setBegun] = useState(false);
  const { run, running } = useCommand(given.command);
  const seen = useSeenVersion(given.version, { pause: running || isDone });
  const textOf = useProblemText();
  useInitialValues(form, given.initialValues);

  async function submit(values: Values) {
    setNotice(null);
    setDone(false);
    seen.acknowledge();
    const outcome = await run(given.variables(values, seen.version));
    if (outcome.kind === "done") {
      setDone(true);
      const { done, onDone } = given;
      void message.success(typeof done === "string" ? done : done(outcome.payload));
      onDone?.(outcome.payload);
      form.resetFields();
      after.done();
    } else if (outcome.kind === "failed") {
      setNotice({ failure: outcome.failure });
    } else {
      refuse(problemsAtFields(outcome.problems, form.getFieldsError().map((field) => field.name)));
    }
  }

  function words(problem: CommandProblem): string {
    return given.explain?.(problem) ?? textOf(problem);
  }

  function refuse(placed: Placed) {
    const [first] = placed.fields;
    form.setFields(
      placed.fields.map((field) => ({ name: field.name as never, errors: Array.from(new Set(field.problems.map(words))) })),
    );
    if (first) form.scrollToField(first.name as never, { focus: true });
    if (placed.conflict) {
      seen.outdated();
      given.onConflict?.();
    }
    if (placed.general.length) setNotice({ general: Array.from(new Set(placed.general.map(words))) });
  }

  function press(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!running) form.submit();
  }

  const body = (
    // Keys pressed in its fields come up to here; it is no control of its own.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={press}>
      <div aria-live="polite">
        {seen.isOutdated && <Alert className="command-form__notice" type="warning" showIcon title={t("ui.problem.Conflict")} />}
        {notice && <NoticeAlert notice={notice} />}
      </div>
      <Form<Values>
        form={form}
        name={name}
        layout="vertical"
        initialValues={given.initialValues as object}
        onValuesChange={() => setBegun(true)}
        onFinish={(values) => void submit(values)}
        scrollToFirstError={{ focus: true }}
      >
        {given.children}
      </Form>
    </div>
  );
  return { name, running, isBegun, body };
}

type Notice = { failure: Failure } | { general: readonly string[] };

function NoticeAlert(props: { notice: Notice }) {
  const { t } = useTranslation();
  const { notice } = props;
  if ("general" in notice) {
    return <Alert className="command-form__notice" type="error" showIcon title={notice.general.join(" ")} />;
  }
  const { kind, requestId } = notice.failure;
  const title = kind === "forbidden" ? t("ui.problem.NotPermitted") : t(`ui.failure.${kind}.title`);
  const next = kind === "offline" || kind === "busy" ? t("ui.sendAgain") : t(`ui.failure.${kind}.detail`);
  const detail = [next, requestId && t("ui.requestId", { requestId })].filter(Boolean).join(" ");
  return <Alert className="command-form__notice" type="error" showIcon title={title} description={detail} />;
}

/**
 * The version that the reader has seen: the one there was when the form was opened, until they have been told that it
 * has changed, be it by the row that is followed or by the refusal of the command.
 */
function useSeenVersion(shown: number | undefined, options: { pause: boolean }) {
  const [seen, setSeen] = useState(shown ?? 0);
  const [isOutdated, setOutdated] = useState(false);
  if (shown !== undefined && shown !== seen && !options.pause) {
    setSeen(shown);
    setOutdated(true);
  }
  return { version: seen, isOutdated, outdated: () => setOutdated(true), acknowledge: () => setOutdated(false) };
}

/** Fields that the reader has not touched show the row as it is now, so that what they leave alone stays as it is. */
function useInitialValues<Values extends object>(form: FormInstance<Values>, initialValues: Partial<Values> | undefined) {
  const shown = useRef(initialValues);
  useEffect(() => {
    const before = JSON.stringify(shown.current);
    shown.current = initialValues;
    if (before === JSON.stringify(initialValues)) return;
    for (const [name, value] of Object.entries(initialValues ?? {})) {
      if (!form.isFieldTouched(name as never)) form.setFieldValue(name as never, value as never);
    }
  }, [form, initialValues]);
}
