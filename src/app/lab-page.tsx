/** The lab as a page of its own, over the cluster, with the page's tools in its head and its notices over its foot. */
import Lab from '../panel/lab/lab.tsx';
import { Notices } from './notices.tsx';
import { PageTools } from './top-bar.tsx';

export default function LabPage() {
  return <Lab tools={<PageTools />} notices={<Notices />} />;
}
