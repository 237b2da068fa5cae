import { CloudServerOutlined, DisconnectOutlined, InboxOutlined, LockOutlined, WarningOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { type Failure, isPassing } from "@/graph/failure";
import type { PageState } from "@/graph/usePage";
import { atFirstPage } from "./listState";

/** Rows that are being asked for. */
export function Loading(props: { lines?: number }) {
  const { t } = useTranslation();
  const lines = Array.from({ length: props.lines ?? 5 }, (_, line) => line);
  return (
    <div className="skeleton" role="status" aria-label={t("ui.loading")}>
      {lines.map((line) => (
        <div key={line} className="skeleton__line" style={{ width: `${[96, 82, 90, 74, 86][line % 5]}%` }} />
      ))}
    </div>
  );
}

function State(props: { icon: ReactNode; title: string; detail?: ReactNode; children?: ReactNode; alert?: boolean }) {
  return (
    <div className="state" role={props.alert ? "alert" : undefined}>
      <div className="state__icon" aria-hidden="true">
        {props.icon}
      </div>
      <div className="state__title">{props.title}</div>
      {props.detail && <div className="state__detail">{props.detail}</div>}
      {props.children}
    </div>
  );
}

/** Nothing is there; says what could be done about it where something can. */
export function Empty(props: { title: string; detail?: ReactNode; children?: ReactNode }) {
  return <State icon={<InboxOutlined aria-hidden />} {...props} />;
}

/** The reader may not see this at all. */
export function NoPermission(props: { what?: string }) {
  const { t } = useTranslation();
  return (
    <State
      icon={<LockOutlined aria-hidden />}
      title={props.what ? t("ui.noPermissionFor", { what: props.what }) : t("ui.noPermission")}
      detail={t("ui.noPermissionDetail")}
    />
  );
}

/** It could not be had: why, and again. */
export function Failed(props: { failure: Failure; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { kind, requestId } = props.failure;
  if (kind === "forbidden") return <NoPermission />;
  const icons = { offline: <DisconnectOutlined aria-hidden />, busy: <CloudServerOutlined aria-hidden /> } as Record<string, ReactNode>;
  return (
    <State
      alert
      icon={icons[kind] ?? <WarningOutlined aria-hidden />}
      title={t(`ui.failure.${kind}.title`)}
      detail={
        <>
          {kind === "broken" && !requestId ? t("ui.tellSupport") : t(`ui.failure.${kind}.detail`)}
          {requestId && <div>{t("ui.requestId", { requestId })}</div>}
        </>
      }
    >
      {kind === "outdated" ? (
        <Button type="primary" onClick={() => location.reload()}>
          {t("ui.reload")}
        </Button>
      ) : (
        props.onRetry && kind !== "mistaken" && <Button onClick={props.onRetry}>{t("ui.retry")}</Button>
      )}
      {kind === "mistaken" && <FirstPage />}
    </State>
  );
}

/** Where the row has gone that a page of a list began after, the list itself is still there. */
function FirstPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  if (!search.has("after")) return null;
  return <Button onClick={() => setSearch(atFirstPage(search))}>{t("ui.firstPage")}</Button>;
}

/** Above what is shown still, which may have changed: why it could not be asked for anew. */
function MayBeOld(props: { failure: Failure; onRetry(): void }) {
  const { t } = useTranslation();
  const { kind, requestId } = props.failure;
  const isOld = kind === "outdated";
  return (
    <div className="may-be-old" role="alert">
      <WarningOutlined aria-hidden />
      <strong>{t(`ui.failure.${kind}.title`)}</strong>
      <span>{t("ui.mayBeOld")}</span>
      {requestId && <span className="muted">{t("ui.requestId", { requestId })}</span>}
      <Button size="small" onClick={isOld ? () => location.reload() : props.onRetry}>
        {t(isOld ? "ui.reload" : "ui.retry")}
      </Button>
    </div>
  );
}

/** What a query came to: rows on their way, a failure, or what `children` makes of the data. */
export function Loaded<Data>(props: {
  page: PageState<Data>;
  lines?: number;
  children: (data: Data) => ReactNode;
}): ReactNode {
  const { page } = props;
  // What was shown before stays where asking anew failed; of what passes, the shell tells.
  if (page.data) {
    return (
      <>
        {page.failure && !isPassing(page.failure) && <MayBeOld failure={page.failure} onRetry={page.reload} />}
        {props.children(page.data)}
      </>
    );
  }
  if (page.failure) return <Failed failure={page.failure} onRetry={page.reload} />;
  return <Loading {...(props.lines ? { lines: props.lines } : {})} />;
}
