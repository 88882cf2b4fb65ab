import { archiveContact, getContact, putContact } from '#contract/registry/directory.ts';
import { isId, type Id } from '#domain/kernel/brand.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Failed, Loading } from '#web/kit/states.tsx';

/** 修改、归档联系人. */
export function ContactActions({ contactId }: { contactId: string }) {
  if (!isId<'Contact'>(contactId)) return null;
  return <span className="no-print"><DialogButton words="修改" title="修改联系人" isQuiet>{(close) => <ContactForm contactId={contactId} close={close} />}</DialogButton></span>;
}

function ContactForm({ contactId, close }: { contactId: Id<'Contact'>; close: () => void }) {
  const contact = useRoute(getContact, { params: { contactId } });
  const value = contact.data;
  if (contact.isPending) return <Loading rows={4} />;
  if (value === undefined) return <Failed error={contact.error} />;
  return (
    <>
      <RouteForm
        route={putContact} params={{ contactId }} version={value.version} first={value} submit="保存" onDone={close} onCancel={close}
        extras={{ estateId: { known: value.estate?.name }, companyId: { known: value.company?.name }, isAllHours: { title: '24小时值班电话' }, sortNo: { help: '数字小的排在前面' } }}
      />
      <hr />
      <RouteDialog route={archiveContact} params={{ contactId }} version={value.version} words="归档" title={`归档“${value.name}”`} submit="归档" done="已归档" isDanger onDone={close} />
    </>
  );
}
