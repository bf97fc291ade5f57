/** Campaigns and lists to be read, as far as a client of seats meets them. */
export const STATUSES = [
  ...(['DRAFT', 'IN_PROGRESS', 'PAUSED', 'FINISHED'] as const),
  ...(['CANCELED', 'FAILED', 'STARTING', 'SCHEDULED'] as const),
]
export const LIST_TYPES = ['USER_LIST', 'COMPANY_LIST'] as const

type Status = (typeof STATUSES)[number]

const CREATED = '2026-10-05T08:30:00Z'

const campaign = (id: number, name: string, status: Status, campaignAccountIds: number[], listId: number) => ({
  id,
  name,
  creationTime: CREATED,
  linkedInUserListName: LISTS.find((one) => one.id === listId)?.name ?? null,
  linkedInUserListId: listId,
  campaignAccountIds,
  status,
  progressStats: {
    totalUsers: 40,
    totalUsersInProgress: status === 'IN_PROGRESS' ? 12 : 0,
    totalUsersPending: status === 'FINISHED' ? 0 : 28,
    totalUsersFinished: status === 'FINISHED' ? 40 : 0,
    totalUsersFailed: 0,
    totalUsersManuallyStopped: 0,
    totalUsersExcluded: 0,
  },
  organizationUnitId: 3001,
})

const list = (id: number, name: string, listType: (typeof LIST_TYPES)[number], campaignIds: number[]) => ({
  id,
  name,
  totalItemsCount: 40,
  listType,
  creationTime: CREATED,
  campaignIds,
})

export const LISTS = [
  list(5201, 'Founders in Utrecht', 'USER_LIST', [9101, 9102]),
  list(5202, 'Heads of marketing', 'USER_LIST', [9103]),
  list(5203, 'Bakeries', 'COMPANY_LIST', []),
]

export const CAMPAIGNS = [
  campaign(9101, 'Autumn introductions', 'IN_PROGRESS', [71113, 71116], 5201),
  campaign(9102, 'Second touch', 'DRAFT', [71113], 5201),
  campaign(9103, 'Conference follow-up', 'FINISHED', [71119, 71125, 71128], 5202),
]
