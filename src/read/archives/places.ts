/** Where sos reports and crashed machines keep dumps and kernel logs; the first are told first. */
const PLACES: readonly RegExp[] = [
  /(?:^|\/)var\/crash\/.*vmcore[^/]*$/,
  /(?:^|\/)var\/lib\/systemd\/pstore\/|(?:^|\/)sys\/fs\/pstore\//,
  // sos: the commands of its plugins `kernel` and `logs`; what was too long stands, cut, in sos_strings
  /(?:^|\/)sos_commands\/kernel\/dmesg[^/]*$/,
  // supportconfig: a command's section of boot.txt
  /!\S*\/dmesg\b[^!]*$/,
  /(?:^|\/)sos_commands\/logs\/journalctl[^/]*$/,
  /(?:^|\/)sos_strings\/(?:kernel|logs)\/[^/]*(?:dmesg|journalctl|messages|kern\.log|syslog)[^/]*$/,
  /(?:^|\/)var\/log\/(?:messages|kern\.log|dmesg|syslog)[^/]*$/,
];

/** What sos writes about itself, with lines of the logs that it gathered. */
const ABOUT_ITSELF = /(?:^|\/)sos_(?:logs|reports)\//;

/** The rank of a member's place: 0 is told first; the last rank is any other place. */
export function rankOf(path: string): number {
  const at = PLACES.findIndex((place) => place.test(path));
  return at < 0 ? PLACES.length : at;
}

/** Whether a log is to be expected there: less is asked of its first lines. */
export const isKnownPlace = (path: string): boolean => rankOf(path) < PLACES.length;

/** Whether nothing there is a log of its own. */
export const isCopyPlace = (path: string): boolean => ABOUT_ITSELF.test(path);
