import { describe, expect, it } from 'vitest'
import { heyreachKit, refused } from '../testing.ts'

const k = heyreachKit()
const PAGE = { offset: 0, limit: 10 }
const ids = async (path: string, filter: object) =>
  (await k.post(path, { ...PAGE, ...filter })).json.items.map((one: { id: number }) => one.id)

describe('campaigns', () => {
  const PATH = '/campaign/GetAll'

  it('are read in pages', async () => {
    const { json } = await k.post(PATH, { offset: 1, limit: 1 })
    expect(json).toMatchObject({ totalCount: 3, items: [{ id: 9102, status: 'DRAFT', linkedInUserListId: 5201 }] })
  })

  it.each<[object, number[]]>([
    [{ statuses: ['DRAFT', 'FINISHED'] }, [9102, 9103]],
    [{ accountIds: [71116] }, [9101]],
    [{ keyword: 'touch' }, [9102]],
    [{ statuses: [], accountIds: [], keyword: null }, [9101, 9102, 9103]],
  ])('are filtered by %j', async (filter, expected) => expect(await ids(PATH, filter)).toEqual(expected))

  it.each<[object, string]>([
    [{ limit: 101 }, 'Limit'],
    [{ statuses: ['RUNNING'] }, '$.statuses[0]'],
    [{ accountIds: [71116, '71119'] }, '$.accountIds[1]'],
  ])('refuses %j', async (filter, name) => {
    const { status, json } = await k.post(PATH, { ...PAGE, ...filter })
    expect([status, json]).toEqual([400, refused(name)])
  })

  it('are read one by one', async () => {
    expect((await k.get('/campaign/GetById?campaignId=9103')).json).toMatchObject({ id: 9103, status: 'FINISHED' })
    expect((await k.get('/campaign/GetById?campaignId=1')).status).toBe(404)
    expect((await k.get('/campaign/GetById')).status).toBe(400)
  })
})

describe('lists', () => {
  const PATH = '/list/GetAll'

  it.each<[object, number[]]>([
    [{ listType: 'COMPANY_LIST' }, [5203]],
    [{ campaignIds: [9103] }, [5202]],
    [{ keyword: 'utrecht' }, [5201]],
    [{ offset: 2 }, [5203]],
  ])('are filtered by %j', async (filter, expected) => expect(await ids(PATH, filter)).toEqual(expected))

  it('refuse a type that is none', async () => {
    expect((await k.post(PATH, { ...PAGE, listType: 'LEADS' })).json).toEqual(refused('$.listType'))
  })

  it('are read one by one', async () => {
    expect((await k.get('/list/GetById?listId=5203')).json).toMatchObject({ listType: 'COMPANY_LIST' })
    expect((await k.get('/list/GetById?listId=1')).status).toBe(404)
  })
})
