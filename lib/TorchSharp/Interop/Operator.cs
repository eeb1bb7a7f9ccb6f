using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>One of ATen's operators, found by schema name at its first call.</summary>
/// <param name="schema">Name and overload, as in <c>aten::add.Tensor</c>.</param>
internal sealed unsafe class Operator(string schema)
{
    private const int StackScratch = 32;
    private const int MostResults = 8;

    private nint handle;

    /// <summary>Calls the operator; missing trailing arguments are the schema's defaults.</summary>
    /// <returns>Its only (or first) tensor.</returns>
    internal torch.Tensor Call(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(arguments, results);
        return torch.Tensor.Adopt(results[0].Pointer);
    }

    /// <summary>Calls an in-place operator: the result is the first argument itself.</summary>
    internal torch.Tensor CallInPlace(torch.Tensor self, params ReadOnlySpan<Value> others)
    {
        Span<Value> arguments = [default, default, default, default, default, default, default, default];
        arguments[0] = self;
        others.CopyTo(arguments[1..]);
        var results = stackalloc NativeValue[MostResults];
        var produced = Invoke(arguments[..(others.Length + 1)], results);
        for (var i = 0; i < produced; i++)
            if (results[i].Tag == ValueTag.Tensor && results[i].Pointer != 0) Native.tc_release(results[i].Pointer);
        return self;
    }

    /// <summary>Calls an operator that returns several tensors.</summary>
    internal torch.Tensor[] CallMany(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        var produced = Invoke(arguments, results);
        if (produced == 1 && results[0].Tag == ValueTag.TensorList)
        {
            var list = new torch.Tensor[results[0].Length];
            var handles = (nint*)results[0].Pointer;
            for (var i = 0; i < list.Length; i++) list[i] = torch.Tensor.Adopt(handles[i]);
            Native.tc_free_list(results[0].Pointer);
            return list;
        }
        var tensors = new torch.Tensor[produced];
        for (var i = 0; i < produced; i++) tensors[i] = torch.Tensor.Adopt(results[i].Pointer);
        return tensors;
    }

    internal bool CallBool(params ReadOnlySpan<Value> arguments) => CallLong(arguments) != 0;

    internal long CallLong(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(arguments, results);
        return results[0].Integer;
    }

    /// <summary>Calls an operator that returns one number, whatever its type.</summary>
    internal double CallDouble(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(arguments, results);
        return results[0].Tag == ValueTag.Double ? results[0].Real : results[0].Integer;
    }

    private int Invoke(ReadOnlySpan<Value> arguments, NativeValue* results)
    {
        if (handle == 0) Find();
        var values = stackalloc NativeValue[arguments.Length];
        var scratch = stackalloc nint[StackScratch]; // for lists of handles
        var free = StackScratch;
        List<GCHandle>? pins = null;
        try
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                ref readonly var argument = ref arguments[i];
                values[i].Tag = argument.Tag;
                values[i].Integer = argument.Bits;
                switch (argument.Tag)
                {
                    case ValueTag.Tensor:
                        values[i].Pointer = ((torch.Tensor)argument.Reference!).Handle;
                        break;
                    case ValueTag.IntList:
                        Pin(argument.Reference!, ((long[])argument.Reference!).Length, ref values[i], ref pins);
                        break;
                    case ValueTag.DoubleList:
                        Pin(argument.Reference!, ((double[])argument.Reference!).Length, ref values[i], ref pins);
                        break;
                    case ValueTag.BoolList:
                        Pin(argument.Reference!, ((bool[])argument.Reference!).Length, ref values[i], ref pins);
                        break;
                    case ValueTag.String:
                        var bytes = Encoding.UTF8.GetBytes((string)argument.Reference!);
                        Pin(bytes, bytes.Length, ref values[i], ref pins);
                        break;
                    case ValueTag.Generator:
                        values[i].Pointer = ((torch.Generator)argument.Reference!).Handle;
                        break;
                    case ValueTag.TensorList or ValueTag.OptionalTensorList:
                        var tensors = (torch.Tensor?[])argument.Reference!;
                        nint* handles;
                        if (tensors.Length <= free)
                        {
                            free -= tensors.Length;
                            handles = scratch + free;
                            for (var t = 0; t < tensors.Length; t++) handles[t] = tensors[t]?.Handle ?? 0;
                            values[i].Pointer = (nint)handles;
                            values[i].Length = tensors.Length;
                        }
                        else
                        {
                            var rented = new nint[tensors.Length];
                            for (var t = 0; t < tensors.Length; t++) rented[t] = tensors[t]?.Handle ?? 0;
                            Pin(rented, rented.Length, ref values[i], ref pins);
                        }
                        break;
                }
            }

            int produced;
            Native.Check(Native.tc_call(handle, values, arguments.Length, results, MostResults, &produced));
            foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Reference);
            return produced;
        }
        finally
        {
            if (pins is not null)
                foreach (var pin in pins) pin.Free();
        }
    }

    private static void Pin(object array, int length, ref NativeValue value, ref List<GCHandle>? pins)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        (pins ??= new(4)).Add(pin);
        value.Pointer = pin.AddrOfPinnedObject();
        value.Length = length;
    }

    private void Find()
    {
        var dot = schema.IndexOf('.', StringComparison.Ordinal);
        var (name, overload) = dot < 0 ? (schema, "") : (schema[..dot], schema[(dot + 1)..]);
        Native.Check(Native.tc_find(name, overload, out handle));
    }
}
