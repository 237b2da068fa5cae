import { DeleteOutlined, EditOutlined, EnvironmentOutlined, MailOutlined, PhoneOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type FragmentType, graphql, readFragment } from "@/graph";
import type { ContactPointKind } from "@/graph/generated/graphql";
import { usePermission } from "@/session/ViewerContext";
import { Panel } from "@/ui/Panel";
import { Empty } from "@/ui/states";
import { Masked, Tag } from "@/ui/values";
import { ContactPointFragment } from "./fragments";
import { RemoveContactPoint } from "./RemoveContactPoint";

const AddContactPoint = lazy(() => import("./AddContactPoint"));
const ChangeContactPoint = lazy(() => import("./ChangeContactPoint"));

const ContactPointsFragment = graphql(`
  fragment ContactPoints on Customer {
    id
    contactPoints(first: 20, where: { endedAt: { isNull: true } }) {
      nodes {
        id
        ...ContactPoint
      }
    }
  }
`);

const ICONS: Record<ContactPointKind, ReactNode> = {
  PHONE: <PhoneOutlined />,
  EMAIL: <MailOutlined />,
  ADDRESS: <EnvironmentOutlined />,
};

/** How a customer is reached; shown in part, and changed without being shown in full. */
export function ContactPoints(props: { customer: FragmentType<typeof ContactPointsFragment>; onConflict(): void }) {
  const { t } = useTranslation();
  const mayChange = usePermission("contact_point:change") !== null;
  const customer = readFragment(ContactPointsFragment, props.customer);
  const points = customer.contactPoints?.nodes ?? [];
  const [adding, setAdding] = useState(false);
  const [changingId, setChangingId] = useState<string | null>(null);
  const shown = points.map((each) => readFragment(ContactPointFragment, each));
  // By its id, so that the form follows the row as it changes.
  const changing = shown.find(({ id }) => id === changingId);
  return (
    <Panel
      flush
      title={t("contactPoint.title")}
      extra={
        mayChange && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("contactPoint.add")}
          </Button>
        )
      }
    >
      {points.length === 0 ? (
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
                    {place} <Masked value={point.valueMasked} />
                  </div>
                </div>
                <div className="items__end">
                  {point.isPrimary && <Tag tone="primary">{t("contactPoint.primary")}</Tag>}
                  {mayChange && (
                    <>
                      <Tooltip title={t("contactPoint.change")}>
                        <Button
                          type="text"
                          size="small"
                          icon={<EditOutlined />}
                          aria-label={`${t("contactPoint.change")} ${point.valueMasked ?? ""}`}
                          onClick={() => setChangingId(point.id)}
                        />
                      </Tooltip>
                      <RemoveContactPoint point={point} onConflict={props.onConflict}>
                        <Button
                          type="text"
                          size="small"
                          icon={<DeleteOutlined />}
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
      <Suspense fallback={null}>
        {adding && <AddContactPoint customerId={customer.id} onClose={() => setAdding(false)} />}
        {changing && (
          <ChangeContactPoint point={changing} onConflict={props.onConflict} onClose={() => setChangingId(null)} />
        )}
      </Suspense>
    </Panel>
  );
}
