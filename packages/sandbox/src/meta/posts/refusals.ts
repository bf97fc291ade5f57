import type { Answer } from '../../core/ask.ts'
import { type Fault, graphError } from '../../graph/errors.ts'

type Row = Omit<Fault, 'subcode' | 'type' | 'data'> & { status?: number }

const invalid = (title: string, text: string): Row => ({ code: 100, message: 'Invalid parameter', title, text })

/**
 * Refusals of publishing to a Page, by subcode; 368, 389, 506 and 1609005 by their code. The numbers were seen in production
 * (gitroomhq/postiz-app) and are in Meta's references; the sentences of most are not published.
 */
const ROWS = {
  368: {
    code: 368,
    message: 'The action attempted has been deemed abusive or is otherwise disallowed',
    title: 'You Are Temporarily Blocked',
    text: 'It looks like you were misusing this feature by going too fast. You have been temporarily blocked from using it.',
  },
  389: { code: 389, message: '(#389) Unable to fetch video file from URL.' },
  1346003: invalid('Content not allowed', 'Your content was flagged as abusive.'),
  1349125: invalid('Bad content', 'This content cannot be posted.'),
  1363024: {
    code: 352,
    message: "(#352) The video file you selected is in a format that we don't support.",
    title: 'Unsupported Video Format',
    text: "The video file you selected is in a format that we don't support.",
  },
  1363047: { code: 1, message: 'An unknown error occurred', transient: true, status: 500 },
  1363130: {
    code: 6000,
    message: 'There was a problem uploading your video file. Please try again with another file.',
    title: 'Video Upload Is Missing',
    text: 'The video was not uploaded. Please try uploading it again.',
  },
  1366046: invalid(
    "Can't Read Files",
    "Your photos couldn't be uploaded. Photos should be smaller than 4 MB and saved as JPG, PNG.",
  ),
  1366051: invalid('Photos Already Posted', 'These photos were already posted.'),
  1390008: {
    code: 368,
    message: 'The action attempted has been deemed abusive or is otherwise disallowed',
    title: 'Posting Too Fast',
    text: 'It looks like you were posting too fast. Please slow down.',
  },
  1404006: {
    code: 368,
    message: 'The action attempted has been deemed abusive or is otherwise disallowed',
    title: 'Security Check Required',
    text: "We couldn't post your comment because of a security check. Please log in to www.facebook.com.",
  },
  1404078: {
    code: 368,
    message: 'The action attempted has been deemed abusive or is otherwise disallowed',
    title: 'Page Publishing Authorization',
    text: 'You need to complete Page Publishing Authorization before you can publish as this Page.',
  },
  1404102: {
    code: 368,
    message: 'The action attempted has been deemed abusive or is otherwise disallowed',
    title: 'Content Removed',
    text: 'Your content goes against our Community Standards.',
  },
  1404112: {
    code: 368,
    message: 'The action attempted has been deemed abusive or is otherwise disallowed',
    title: 'Account Temporarily Limited',
    text: 'For security reasons, your account has limited access to the site for a few days.',
  },
  1455006: {
    code: 506,
    message: '(#506) Duplicate status message',
    title: 'Duplicate Status Update',
    text: 'This status update is identical to the last one you posted. Try posting something different, or delete your previous update.',
  },
  1609005: { code: 1609005, message: 'The link could not be scraped' },
  1609008: invalid('Link Not Allowed', 'Links to facebook.com cannot be posted this way.'),
  1609010: { code: 1, message: 'An unknown error occurred', transient: true, status: 500 },
  2061006: invalid('Invalid URL', 'The URL that you entered is not valid.'),
  2069019: {
    code: 324,
    message: '(#324) Missing or invalid image file',
    title: 'Invalid File',
    text: 'The file could not be read.',
  },
  4854002: {
    code: 368,
    message: 'The action attempted has been deemed abusive or is otherwise disallowed',
    title: 'Confirm Your Identity',
    text: 'Confirm your identity before you can publish as this Page.',
  },
} as const satisfies Record<number, Row>

export type PageRefusal = keyof typeof ROWS
export const PAGE_REFUSALS = Object.keys(ROWS).map(Number) as PageRefusal[]

/** Codes that stand alone. */
const ALONE: readonly number[] = [368, 389, 1609005]

export function pageRefused(which: PageRefusal): Answer {
  const { status = 400, ...row }: Row = ROWS[which]
  return graphError(status, { transient: false, ...row, ...(!ALONE.includes(which) && { subcode: which }) })
}

/** What posting asks of a token, in the one sentence that Meta has for all of it. */
export const mayNotPost = (): Answer =>
  graphError(403, {
    message:
      '(#200) If posting to a group, requires app being installed in the group, and either publish_to_groups permission with user token, or both pages_read_engagement and pages_manage_posts permission with page token; If posting to a page, requires both pages_read_engagement and pages_manage_posts as an admin with sufficient administrative permission',
    code: 200,
  })

/** Something unpublished with the token of a person. */
export const notThePage = (): Answer =>
  graphError(400, { message: '(#200) Unpublished posts must be posted to a page as the page itself.', code: 200 })

export const mayNotPostVideo = (): Answer =>
  graphError(400, { message: '(#100) No permission to publish the video', code: 100 })
