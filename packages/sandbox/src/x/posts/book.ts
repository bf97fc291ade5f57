import type { Post } from './post.ts'

/** Texts that only differ in how their letters are composed, or in blanks around them, are the same. */
const sameAs = ({ author, text }: Pick<Post, 'author' | 'text'>): string => `${author} ${text.normalize('NFC').trim()}`

/** All posts, deleted ones too, in the order in which they were made. */
export class PostBook {
  readonly #byId = new Map<string, Post>()
  readonly #byAuthor = new Map<string, Post[]>()
  readonly #byText = new Map<string, Post>()
  readonly #answers = new Map<string, Post[]>()
  readonly #quotes = new Map<string, Post[]>()

  add(post: Post): void {
    this.#byId.set(post.id, post)
    if (!post.deleted) this.#byText.set(sameAs(post), post)
    into(this.#byAuthor, post.author, post)
    if (post.replyTo !== null) into(this.#answers, post.replyTo, post)
    if (post.quoted !== null) into(this.#quotes, post.quoted, post)
  }

  get(id: string): Post | undefined {
    return this.#byId.get(id)
  }

  /** The post, unless it was deleted. */
  live(id: string): Post | undefined {
    const post = this.#byId.get(id)
    return post?.deleted ? undefined : post
  }

  /** One edited version takes the others with it (docs.x.com, "Edit Posts"). */
  delete(post: Post): void {
    for (const id of post.versions) {
      const version = this.#byId.get(id)
      if (!version) continue
      version.deleted = true
      if (this.#byText.get(sameAs(version)) === version) this.#byText.delete(sameAs(version))
    }
  }

  /** The newest live post of an author with this text. */
  same(author: string, text: string): Post | undefined {
    return this.#byText.get(sameAs({ author, text }))
  }

  /** Oldest first. */
  of(author: string): readonly Post[] {
    return this.#byAuthor.get(author) ?? []
  }

  answersTo = (id: string): number => alive(this.#answers.get(id))
  quotesOf = (id: string): number => alive(this.#quotes.get(id))

  get all(): Post[] {
    return [...this.#byId.values()]
  }

  get size(): number {
    return this.#byId.size
  }
}

function into(lists: Map<string, Post[]>, key: string, post: Post): void {
  const list = lists.get(key)
  if (list) list.push(post)
  else lists.set(key, [post])
}

const alive = (posts: readonly Post[] = []): number => posts.filter((post) => !post.deleted).length
