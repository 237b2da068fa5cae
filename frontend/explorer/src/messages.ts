/** Our own texts, in the two languages of the page. GraphiQL's are English only. */

export type Language = "en" | "zh";

const english = {
  title: "Explorer",
  examples: "Examples",
  chooseExample: "Open an example…",
  token: "Token",
  pasteToken: "Paste a token (JWT)",
  useToken: "Use",
  forgetToken: "Forget",
  signedInAs: "Token of",
  expiresAt: "until",
  switchLanguage: "中文",
  switchLanguageLabel: "Switch to Chinese",
  noToken: "No token yet. Paste one above; this command prints one for a sample sign-in:",
  notAToken: "This is not a token (JWT): three parts joined by dots are expected.",
  expired: "This token has expired. Paste a new one.",
  refusedToken: "The server does not accept this token",
  refused: "The server refused the request",
  unreadable: "The server's answer is not JSON. Is this the address of Ketu?",
  unreachable: "The server does not answer. Is it still running?",
  partial: "Answered with errors",
  answered: "Answered",
  withheld: "not for your roles:",
  requestId: "request",
  ready: "Ready. Open an example or write a query; the book on the left is the schema's documentation.",
};

export type Messages = typeof english;

const chinese: Messages = {
  title: "查询台",
  examples: "示例",
  chooseExample: "打开示例……",
  token: "令牌",
  pasteToken: "粘贴令牌（JWT）",
  useToken: "使用",
  forgetToken: "清除",
  signedInAs: "令牌持有人",
  expiresAt: "有效至",
  switchLanguage: "English",
  switchLanguageLabel: "切换到英文",
  noToken: "尚无令牌。请在上方粘贴；以下命令可为示例用户生成令牌：",
  notAToken: "这不是令牌（JWT）：应为以点号连接的三段文字。",
  expired: "令牌已过期，请粘贴新的令牌。",
  refusedToken: "服务器不接受此令牌",
  refused: "服务器拒绝了请求",
  unreadable: "服务器的回答不是 JSON。此地址是 Ketu 吗？",
  unreachable: "服务器没有回应。它还在运行吗？",
  partial: "已返回，但有错误",
  answered: "已返回",
  withheld: "您的角色无权查看：",
  requestId: "请求号",
  ready: "就绪。请打开示例或编写查询；左侧书形按钮是模式文档。",
};

export const MESSAGES: Record<Language, Messages> = { en: english, zh: chinese };

const KEY = "ketu.language";

/** The language chosen before, else the browser's. */
export function openingLanguage(): Language {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "en" || chosen === "zh") return chosen;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
}
