export default function AddContactPoint(props: Record<string, unknown>) { return props ? null : null; }
