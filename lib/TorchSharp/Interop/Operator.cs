using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>One of ATen's operators, found by schema name at its first call.</summary>
/// <param name="schema">Name and overload, as in <c>aten::add.Tensor</c>.</param>
internal sealed unsafe class Operator(string schema)
{
    private const int MostArguments = 24;
    private const int MostResults = 8;

    private nint handle;

    /// <summary>Calls the operator; missing trailing arguments are the schema's defaults.</summary>
    /// <returns>Its only (or first) tensor.</returns>
    internal torch.Tensor Call(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        var produced = Invoke(self: null, arguments, results);
        for (var i = 1; i < produced; i++) Discard(results[i]);
        return torch.Tensor.Adopt(results[0].Pointer);
    }

    /// <summary>Calls an in-place operator: the result is the first argument itself.</summary>
    internal torch.Tensor CallInPlace(torch.Tensor self, params ReadOnlySpan<Value> others)
    {
        Invoke(self, others, results: null);
        return self;
    }

    /// <summary>Calls an operator for its effect.</summary>
    internal void CallVoid(params ReadOnlySpan<Value> arguments) => Invoke(self: null, arguments, results: null);

    /// <summary>Calls an operator that returns two tensors.</summary>
    internal (torch.Tensor First, torch.Tensor Second) CallTwo(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        var produced = Invoke(self: null, arguments, results);
        for (var i = 2; i < produced; i++) Discard(results[i]);
        return (torch.Tensor.Adopt(results[0].Pointer), torch.Tensor.Adopt(results[1].Pointer));
    }

    /// <summary>Calls an operator that returns three tensors.</summary>
    internal (torch.Tensor First, torch.Tensor Second, torch.Tensor Third) CallThree(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        var produced = Invoke(self: null, arguments, results);
        for (var i = 3; i < produced; i++) Discard(results[i]);
        return (torch.Tensor.Adopt(results[0].Pointer), torch.Tensor.Adopt(results[1].Pointer), torch.Tensor.Adopt(results[2].Pointer));
    }

    /// <summary>Calls an operator that returns several tensors, or a list of them.</summary>
    internal torch.Tensor[] CallMany(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        var produced = Invoke(self: null, arguments, results);
        torch.Tensor[] tensors;
        if (produced == 1 && results[0].Tag == ValueTag.TensorList)
        {
            tensors = new torch.Tensor[results[0].Length];
            var handles = (nint*)results[0].Pointer;
            for (var i = 0; i < tensors.Length; i++) tensors[i] = torch.Tensor.Adopt(handles[i]);
            Native.tc_free_list(results[0].Pointer);
            return tensors;
        }
        tensors = new torch.Tensor[produced];
        for (var i = 0; i < produced; i++) tensors[i] = torch.Tensor.Adopt(results[i].Pointer);
        return tensors;
    }

    internal bool CallBool(params ReadOnlySpan<Value> arguments) => CallLong(arguments) != 0;

    internal long CallLong(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(self: null, arguments, results);
        return results[0].Integer;
    }

    /// <summary>Calls an operator that returns one number, whatever its type.</summary>
    internal double CallDouble(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Invoke(self: null, arguments, results);
        return results[0].Tag == ValueTag.Double ? results[0].Real : results[0].Integer;
    }

    /// <summary>Whether this libtorch has the operator.</summary>
    internal bool Exists()
    {
        if (handle != 0) return true;
        try
        {
            Find();
        }
        catch (ExternalException)
        {
            return false;
        }
        return true;
    }

    /// <summary>The operator's arguments and results, in libtorch's words.</summary>
    internal string Schema()
    {
        var op = handle != 0 ? handle : Find();
        var length = Native.tc_schema(op, null, 0);
        var text = new byte[length + 1];
        fixed (byte* buffer = text) _ = Native.tc_schema(op, buffer, text.Length);
        return Encoding.UTF8.GetString(text, 0, length);
    }

    private static void Discard(in NativeValue result)
    {
        if (result.Tag == ValueTag.Tensor && result.Pointer != 0) Native.tc_release(result.Pointer);
    }

    // results: null drops what the operator returns.
    private int Invoke(torch.Tensor? self, ReadOnlySpan<Value> arguments, NativeValue* results)
    {
        var op = handle;
        if (op == 0) op = Find();
        var values = stackalloc NativeValue[MostArguments];
        var lists = new ListSpace(stackalloc long[ListSpace.OnStack]);
        var count = 0;
        if (self is not null)
        {
            values[0].Tag = ValueTag.Tensor;
            values[0].Pointer = self.Handle;
            count = 1;
        }
        if (arguments.Length + count > MostArguments) throw new ArgumentException($"{schema} was given {arguments.Length} arguments.", nameof(arguments));
        try
        {
            foreach (ref readonly var argument in arguments)
            {
                ref var value = ref values[count++];
                value.Tag = argument.Tag;
                switch (argument.Tag)
                {
                    case ValueTag.Tensor:
                        value.Pointer = Unsafe.As<torch.Tensor>(argument.Reference!).Handle;
                        break;
                    case < ValueTag.IntList:
                    case ValueTag.Device:
                        value.Integer = argument.Bits;
                        break;
                    case ValueTag.Generator:
                        value.Pointer = Unsafe.As<torch.Generator>(argument.Reference!).Handle;
                        break;
                    default:
                        lists.Put(argument, ref value);
                        break;
                }
            }
            int produced;
            if (Native.tc_call(op, values, count, results, results == null ? 0 : MostResults, &produced) != 0) Native.Throw();
            return produced;
        }
        finally
        {
            lists.Free();
            // The handles were borrowed: their owners may not be finalized before the call has ended.
            GC.KeepAlive(self);
            foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Reference);
        }
    }

    private nint Find()
    {
        var dot = schema.IndexOf('.', StringComparison.Ordinal);
        var (name, overload) = dot < 0 ? (schema, "") : (schema[..dot], schema[(dot + 1)..]);
        Native.Check(Native.tc_find(name, overload, out var found));
        return handle = found;
    }
}
