export default function ChangeContactPoint(props: Record<string, unknown>) { return props ? null : null; }
