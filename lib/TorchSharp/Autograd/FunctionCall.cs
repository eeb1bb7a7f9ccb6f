using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>One call of a caller's differentiable function: what the graph's node holds on the managed side.</summary>
internal sealed unsafe class FunctionCall(
    string name, autograd.AutogradContext context, Func<List<Tensor>, List<Tensor>> backward, bool[] isTensor, List<Tensor> outputs)
{
    // A missing gradient is made of zeros in its output's shape.
    private readonly (long[] Shape, ScalarType Type, Device Device)[] forms =
        [.. outputs.Select(static output => (output.shape, output.dtype, output.device))];

    private nint errorText;

    internal List<Tensor> Attach(Tensor[] inputs, List<Tensor> results)
    {
        var from = Array.ConvertAll(inputs, static input => input.Handle);
        var to = results.Select(static result => result.Handle).ToArray();
        var flags = results.Select(result => (byte)(context.IsDifferentiable(result) ? 1 : 0)).ToArray();
        var joined = new nint[to.Length];
        fixed (nint* fromHandles = from)
        fixed (nint* toHandles = to)
        fixed (byte* differentiable = flags)
        fixed (nint* joinedHandles = joined)
            Native.Check(Native.tc_attach_function(
                fromHandles, from.Length, toHandles, differentiable, to.Length, &Backward, &Release, (nint)GCHandle.Alloc(this), joinedHandles));
        GC.KeepAlive(inputs);
        // What forward returned may be an input, which is the caller's; anything else has served.
        foreach (var result in results)
            if (!Array.Exists(inputs, input => ReferenceEquals(input, result))) result.Dispose();
        return [.. joined.Select(Tensor.Adopt)];
    }

    [UnmanagedCallersOnly]
    private static int Backward(nint self, nint* gradients, int count, nint* results, int resultCount, byte** error)
    {
        var call = (FunctionCall)GCHandle.FromIntPtr(self).Target!;
        try
        {
            call.Backward(new ReadOnlySpan<nint>(gradients, count), new Span<nint>(results, resultCount));
            return 0;
        }
        catch (Exception failure) // nothing managed may unwind through C++
        {
            Marshal.FreeCoTaskMem(call.errorText);
            call.errorText = Marshal.StringToCoTaskMemUTF8($"{call.Name}: {failure.GetType().Name}: {failure.Message}");
            *error = (byte*)call.errorText;
            return 1;
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(nint self)
    {
        var handle = GCHandle.FromIntPtr(self);
        var call = (FunctionCall)handle.Target!;
        handle.Free();
        call.Context.Dispose();
        Marshal.FreeCoTaskMem(call.errorText);
    }

    private string Name => name;

    private autograd.AutogradContext Context => context;

    private void Backward(ReadOnlySpan<nint> gradients, Span<nint> results)
    {
        using var scope = NewDisposeScope();
        var given = new List<Tensor>();
        for (var i = 0; i < gradients.Length; i++)
            given.Add(gradients[i] != 0 ? Tensor.Adopt(Native.tc_retain(gradients[i]))
                : context.MaterializeGrads ? zeros(forms[i].Shape, forms[i].Type, forms[i].Device) : null!);
        var found = backward(given);
        // Gradients come one per tensor argument, or one per argument with null in the other places.
        if (found.Count == isTensor.Length && found.Count != results.Length) found = [.. found.Where((_, i) => isTensor[i])];
        if (found.Count != results.Length)
            throw new InvalidOperationException(
                $"backward must return one gradient for each of the {results.Length} tensors given to apply, but returned {found.Count}.");
        for (var i = 0; i < results.Length; i++)
            if (found[i] is { } gradient) results[i] = Native.tc_retain(gradient.Handle);
    }
}
