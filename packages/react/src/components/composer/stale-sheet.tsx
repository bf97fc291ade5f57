import { useQuery } from '@tanstack/react-query'
import type { Post } from '../../api.ts'
import { moment } from '../../logic/dates.ts'
import { useMooring } from '../../provider.tsx'
import { keys } from '../../query-keys.ts'
import { Button } from '../parts/button.tsx'
import { Sheet } from '../parts/sheet.tsx'

interface StaleSheetProps {
  postId: string
  onTheirs: (post: Post) => void
  onCopy: () => void
  onClose: () => void
}

/** Two people wrote on one draft: neither's words are lost without somebody having said so. */
export function StaleSheet({ postId, onTheirs, onCopy, onClose }: StaleSheetProps) {
  const client = useMooring()
  const theirs = useQuery({
    queryKey: [...keys.post(postId), 'theirs'],
    queryFn: () => client.posts.get(postId),
    gcTime: 0,
    retry: false,
  })
  const { data } = theirs
  return (
    <Sheet
      title={theirs.isError ? 'This post is gone' : 'Somebody else changed this post'}
      description={
        theirs.isError
          ? 'Somebody removed it while you wrote. Your words are still here.'
          : `It was changed${data ? ` at ${moment(data.updatedAt, Date.now())}` : ''} while you wrote. Which of the two goes on?`
      }
      onClose={onClose}
      footer={
        <>
          {!theirs.isError && (
            <Button blocked={!data} onClick={() => data && onTheirs(data)}>
              Take theirs
            </Button>
          )}
          <Button variant="primary" onClick={onCopy}>
            Keep mine as a copy
          </Button>
        </>
      }
    >
      {data && (
        <blockquote className="mooring-theirs">
          <small>Theirs</small>
          {data.content.text === '' ? 'No text' : data.content.text}
        </blockquote>
      )}
    </Sheet>
  )
}
