import { defineComponent, h, ref, type Component } from 'vue';
import { mountScreen } from './mount-screen';

/** Mounts a field that is typed into, on a German page, and notes what it told its parent. For component tests. */
export async function mountField(
  field: Component,
  modelValue: string,
  props: Readonly<Record<string, unknown>> = {},
) {
  const told: string[] = [];
  const value = ref(modelValue);
  const keep = (next: string) => {
    told.push(next);
    value.value = next;
  };
  const host = defineComponent({
    render: () => h(field, { ...props, modelValue: value.value, 'onUpdate:modelValue': keep }),
  });
  const { wrapper } = await mountScreen(host);
  const input = wrapper.find<HTMLInputElement>('input[type=text]');
  /** Keys, and nothing else yet: the field still has the focus. */
  const key = async (text: string) => {
    input.element.value = text;
    await input.trigger('input');
  };
  const type = async (text: string) => {
    await key(text);
    await input.trigger('change');
  };
  return { wrapper, told, input, key, type };
}
