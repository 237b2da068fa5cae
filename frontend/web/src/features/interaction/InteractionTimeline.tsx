import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type FragmentType, graphql, readFragment } from "@/graph";
import type { InteractionMomentFragment } from "@/graph/generated/graphql";
import { useFormat } from "@/i18n/useFormat";
import { Timeline } from "@/ui/Timeline";
import { Instant, Tag } from "@/ui/values";
import { OUTCOME_TONES } from "./interactionTones";

const InteractionMoment = graphql(`
  fragment InteractionMoment on Interaction {
    id
    version
    channel
    direction
    happenedAt
    durationMinutes
    subject
    note
    outcome
    staff {
      id
      name
    }
    task {
      id
      title
    }
    ticket {
      id
      ticketNo
    }
  }
`);

/** Contacts between the bank and a customer, one after the other. */
export function InteractionTimeline(props: { interactions: readonly FragmentType<typeof InteractionMoment>[] }) {
  const { t } = useTranslation();
  return (
    <Timeline
      label={t("interaction.title")}
      moments={props.interactions.map((each) => {
        const contact = readFragment(InteractionMoment, each);
        return {
          key: contact.id,
          tone: contact.direction === "INBOUND" ? "primary" : "info",
          title: (
            <span className="tags">
              {contact.subject}
              {contact.outcome && (
                <Tag tone={OUTCOME_TONES[contact.outcome]}>{t(`terms.InteractionOutcome.${contact.outcome}`)}</Tag>
              )}
            </span>
          ),
          detail: <Circumstances contact={contact} />,
          children: contact.note && <p className="prose">{contact.note}</p>,
        };
      })}
    />
  );
}

/** When, in which way, who with whom, and what for. */
function Circumstances(props: { contact: InteractionMomentFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { contact } = props;
  return (
    <>
      <Instant value={contact.happenedAt} />
      <span>{t(`terms.Channel.${contact.channel}`)}</span>
      <span>{t(`terms.Direction.${contact.direction}`)}</span>
      {contact.durationMinutes != null && <span>{format.duration(contact.durationMinutes * 60_000)}</span>}
      <span>{contact.staff?.name ?? t("interaction.machine")}</span>
      {contact.task && <Link to={`/tasks?task=${contact.task.id}`}>{contact.task.title}</Link>}
      {contact.ticket && <Link to={`/tickets?ticket=${contact.ticket.id}`}>{contact.ticket.ticketNo}</Link>}
    </>
  );
}
