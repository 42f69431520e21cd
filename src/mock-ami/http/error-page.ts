/** The page that Asterisk's HTTP server gives for a status. Source: recording `ajam-http-odds`. */
export function errorPage(page: {
  readonly status: number;
  readonly reason: string;
  readonly text: string;
  readonly server: string;
}): string {
  return [
    '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">',
    '<html><head>',
    `<title>${page.status} ${page.reason}</title>`,
    '</head><body>',
    `<h1>${page.reason}</h1>`,
    `<p>${page.text}</p>`,
    '<hr />',
    `<address>${page.server}</address>`,
    '</body></html>',
    '',
  ].join('\r\n');
}
