/** Posts that wait to go out, written in SQL: many workspaces, some accounts each, one delivery a post. */
import { createKeyRing } from '../../packages/mooring/src/vault/keyring.ts'
import { createVault } from '../../packages/mooring/src/vault/vault.ts'
import { addPressAccount } from '../../packages/mooring/test/press-provider.ts'
import type { Cluster } from './cluster.ts'

export interface Home {
  workspace: string
  account: string
}

/** Accounts that can publish. The first home is in the first workspace, which a server has made. */
export async function makeHomes(
  cluster: Cluster,
  vaultKeys: string,
  workspaces: number,
  each: number,
): Promise<Home[]> {
  const vault = createVault(createKeyRing(vaultKeys))
  await cluster.query(
    `insert into mooring.workspaces (id, name) select gen_random_uuid(), 'Bench ' || n from generate_series(2, $1::int) n`,
    [workspaces],
  )
  const rows = await cluster.query<{ id: string }>('select id from mooring.workspaces order by created_at, id')
  const homes: Home[] = []
  for (const { id: workspace } of rows)
    for (let n = 0; n < each; n += 1)
      homes.push({ workspace, account: await addPressAccount({ workspace, vault, database: cluster }, `a${n}`) })
  return homes
}

/** So many posts in turn for every account, due in ten years. */
export async function writeBacklog(cluster: Cluster, name: string, posts: number): Promise<void> {
  await cluster.query(
    `with homes as (
       select row_number() over (order by a.added_at, a.id) - 1 as at, count(*) over () as all_of, a.*
       from mooring.accounts a where provider = 'press'
     ), wanted as (
       select h.*, gen_random_uuid() as post, gen_random_uuid() as delivery,
              jsonb_build_object('text', $1 || ' ' || n, 'media', '[]'::jsonb) as content
       from generate_series(1, $2::int) n join homes h on h.at = n % h.all_of
     ), posted as (
       insert into mooring.posts (workspace_id, id, content, targets, draft, due_at, created_at, created_by, updated_at)
       select workspace_id, post, content, jsonb_build_array(jsonb_build_object('accountId', id)), false,
              now() + interval '10 years', now(), 'bench', now() from wanted
     ), delivered as (
       insert into mooring.deliveries (workspace_id, id, post_id, account_id, connection_id, provider, kind, subject, label,
                                       state, content, due_at, created_at, updated_at)
       select workspace_id, delivery, post, id, connection_id, provider, kind, subject, label, 'scheduled', content,
              now() + interval '10 years', now(), now() from wanted
     )
     insert into mooring.deliveries_due (workspace_id, delivery_id, due_at, lane)
     select workspace_id, delivery, now() + interval '10 years', provider from wanted`,
    [name, posts],
  )
  await cluster.query('vacuum analyze')
}

export const release = async (cluster: Cluster): Promise<void> =>
  void (await cluster.query('update mooring.deliveries_due set due_at = now()'))
