using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The C ABI of <c>native/dispatch.h</c>, function by function.</summary>
internal static unsafe partial class Native
{
    private const string Library = LibraryLoader.Name;

    static Native() => LibraryLoader.Prepare();

    [LibraryImport(Library)]
    internal static partial byte* tc_last_error();

    [LibraryImport(Library)]
    internal static partial byte* tc_version();

    [LibraryImport(Library)]
    internal static partial int tc_throw(int kind);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int tc_find(string name, string overload, out nint op);

    [LibraryImport(Library)]
    internal static partial int tc_schema(nint op, byte* text, int capacity);

    [LibraryImport(Library)]
    internal static partial int tc_call(nint op, NativeValue* arguments, int count, NativeValue* results, int capacity, int* produced);

    [LibraryImport(Library)]
    internal static partial void tc_free_list(nint list);

    [LibraryImport(Library)]
    internal static partial void tc_release(nint tensor);

    [LibraryImport(Library)]
    internal static partial nint tc_retain(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int tc_sizes(nint tensor, out long* sizes);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int tc_strides(nint tensor, out long* strides);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long tc_numel(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long tc_bytes(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int tc_dtype(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long tc_device(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int tc_is_contiguous(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int tc_is_sparse(nint tensor);

    [LibraryImport(Library)]
    internal static partial int tc_data(nint tensor, out nint data);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long tc_version_counter(nint tensor);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void tc_bump_version(nint tensor);

    [LibraryImport(Library)]
    internal static partial int tc_from_blob(
        nint data, long* sizes, int dimensions, int dtype, delegate* unmanaged<nint, void> deleter, nint context, out nint result);

    [LibraryImport(Library)]
    internal static partial int tc_requires_grad(nint tensor);

    [LibraryImport(Library)]
    internal static partial int tc_set_requires_grad(nint tensor, int value);

    [LibraryImport(Library)]
    internal static partial int tc_is_leaf(nint tensor);

    [LibraryImport(Library)]
    internal static partial int tc_retain_grad(nint tensor);

    [LibraryImport(Library)]
    internal static partial int tc_grad(nint tensor, out nint grad);

    [LibraryImport(Library)]
    internal static partial int tc_set_grad(nint tensor, nint grad);

    [LibraryImport(Library)]
    internal static partial int tc_backward(
        nint* roots, int count, nint* gradients, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial int tc_autograd_grad(
        nint* outputs, int count, nint* inputs, int inputCount, nint* gradients, int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    internal static partial int tc_attach_function(
        nint* inputs, int inputCount, nint* outputs, byte* differentiable, int outputCount,
        delegate* unmanaged<nint, nint*, int, nint*, int, byte**, int> backward, delegate* unmanaged<nint, void> release, nint context, nint* results);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int tc_grad_enabled();

    [LibraryImport(Library)]
    internal static partial void tc_set_grad_enabled(int value);

    [LibraryImport(Library)]
    internal static partial nint tc_inference_mode_enter(int enabled);

    [LibraryImport(Library)]
    internal static partial void tc_inference_mode_leave(nint guard);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int tc_inference_mode_enabled();

    [LibraryImport(Library)]
    internal static partial void tc_set_anomaly(int enabled, int checkNan);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int tc_anomaly();

    [LibraryImport(Library)]
    internal static partial int tc_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial int tc_new_generator(long device, ulong seed, out nint generator);

    [LibraryImport(Library)]
    internal static partial int tc_default_generator(long device, out nint generator);

    [LibraryImport(Library)]
    internal static partial int tc_generator_seed(nint generator, ulong seed);

    [LibraryImport(Library)]
    internal static partial ulong tc_generator_initial_seed(nint generator);

    [LibraryImport(Library)]
    internal static partial int tc_generator_state(nint generator, out nint state);

    [LibraryImport(Library)]
    internal static partial int tc_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)]
    internal static partial void tc_release_generator(nint generator);

    [LibraryImport(Library)]
    internal static partial int tc_default_dtype();

    [LibraryImport(Library)]
    internal static partial int tc_set_default_dtype(int dtype);

    [LibraryImport(Library)]
    internal static partial int tc_threads();

    [LibraryImport(Library)]
    internal static partial void tc_set_threads(int count);

    [LibraryImport(Library)]
    internal static partial int tc_show_config(byte* text, int capacity);

    [LibraryImport(Library)]
    internal static partial int tc_cuda_device_count();

    [LibraryImport(Library)]
    internal static partial int tc_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial int tc_allow_tf32(int which, int set, int value);

    [LibraryImport(Library)]
    internal static partial void tc_install_allocator();

    [LibraryImport(Library)]
    internal static partial void tc_trim_allocator(long idleMilliseconds);

    [LibraryImport(Library)]
    internal static partial void tc_allocator_statistics(out long cachedBytes, out long liveBytes);

    /// <summary>Turns a status into an <see cref="ExternalException"/> with libtorch's own words, as TorchSharp does.</summary>
    internal static void Check(int status)
    {
        if (status != 0) Throw();
    }

    [DoesNotReturn]
    internal static void Throw() => throw new ExternalException(Marshal.PtrToStringUTF8((nint)tc_last_error()));
}
