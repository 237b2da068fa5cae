import { StopOutlined, EditOutlined, EnvironmentOutlined, MailOutlined, PhoneOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Revealable } from "@/features/reveal";
import { type FragmentType, graphql, readFragment } from "@/graph";
import type { ContactPointFragment as ContactPointFragmentData, ContactPointKind } from "@/graph/generated/graphql";
import { usePermission } from "@/session/ViewerContext";
import { PartOnly } from "@/ui/PartOnly";
import { Panel } from "@/ui/Panel";
import { Empty, NoPermission } from "@/ui/states";
import { Tag } from "@/ui/values";
import { ContactPointFragment } from "./fragments";
import { RemoveContactPoint } from "./RemoveContactPoint";

const AddContactPoint = lazy(() => import("./AddContactPoint"));
const ChangeContactPoint = lazy(() => import("./ChangeContactPoint"));

const ContactPointsFragment = graphql(`
  fragment ContactPoints on Customer {
    id
    contactPoints(first: 20, where: { endedAt: { isNull: true } }) {
      pageInfo {
        hasNextPage
      }
      nodes {
        id
        ...ContactPoint
      }
    }
  }
`);

const ICONS: Record<ContactPointKind, ReactNode> = {
  PHONE: <PhoneOutlined aria-hidden />,
  EMAIL: <MailOutlined aria-hidden />,
  ADDRESS: <EnvironmentOutlined aria-hidden />,
};

/** How a customer is reached; shown in part, and changed without being shown in full. */
export function ContactPoints(props: { customer: FragmentType<typeof ContactPointsFragment>; onConflict(): void }) {
  const { t } = useTranslation();
  const mayRead = usePermission("contact_point:read") !== null;
  const mayChange = usePermission("contact_point:change") !== null;
  const customer = readFragment(ContactPointsFragment, props.customer);
  const points = customer.contactPoints?.nodes ?? [];
  const [adding, setAdding] = useState(false);
  const [begunWith, setBegunWith] = useState<ContactPointFragmentData | null>(null);
  const shown = points.map((each) => readFragment(ContactPointFragment, each));
  // The form follows the row as it changes; of one that has gone, what was typed stays until its reader lets it go.
  const changing = begunWith && (shown.find(({ id }) => id === begunWith.id) ?? begunWith);
  return (
    <Panel
      flush
      title={t("contactPoint.title")}
      extra={
        mayChange && (
          <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
            {t("contactPoint.add")}
          </Button>
        )
      }
    >
      {!mayRead ? (
        <NoPermission what={t("contactPoint.title")} />
      ) : points.length === 0 ? (
        <Empty title={t("contactPoint.none")} />
      ) : (
        <ul className="items" aria-label={t("contactPoint.title")}>
          {shown.map((point) => {
            const place = [point.region, point.district].filter(Boolean).join(" ");
            return (
              <li key={point.id} className="items__item">
                <span className="muted" aria-hidden="true">
                  {ICONS[point.kind]}
                </span>
                <div className="items__main">
                  <div className="items__title">
                    <span className="visually-hidden">{t(`terms.ContactPointKind.${point.kind}`)} </span>
                    {place} <Revealable id={point.id} field="CONTACT_POINT_VALUE" value={point.valueMasked} />
                  </div>
                </div>
                <div className="items__end">
                  {point.isPrimary && shown.some(({ id, kind }) => kind === point.kind && id !== point.id) && <Tag tone="primary">{t("contactPoint.primary")}</Tag>}
                  {mayChange && (
                    <>
                      <Tooltip title={t("contactPoint.change")}>
                        <Button
                          type="text"
                          size="small"
                          icon={<EditOutlined aria-hidden />}
                          aria-label={`${t("contactPoint.change")} ${point.valueMasked ?? ""}`}
                          onClick={() => setBegunWith(point)}
                        />
                      </Tooltip>
                      <RemoveContactPoint point={point} onConflict={props.onConflict}>
                        <Button
                          type="text"
                          size="small"
                          icon={<StopOutlined aria-hidden />}
                          aria-label={`${t("contactPoint.remove")} ${point.valueMasked ?? ""}`}
                        />
                      </RemoveContactPoint>
                    </>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
      <PartOnly of={customer.contactPoints} />
      <Suspense fallback={null}>
        {adding && <AddContactPoint customerId={customer.id} onClose={() => setAdding(false)} />}
        {changing && (
          <ChangeContactPoint point={changing} onConflict={props.onConflict} onClose={() => setBegunWith(null)} />
        )}
      </Suspense>
    </Panel>
  );
}
