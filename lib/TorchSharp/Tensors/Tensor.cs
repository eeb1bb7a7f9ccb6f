using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An array of numbers with a shape, on a device, that may take part in automatic differentiation.</summary>
    public partial class Tensor : IDisposable
    {
        private NativeOwner? owner;

        /// <summary>Takes over one native reference, and registers with the thread's innermost scope.</summary>
        /// <param name="handle">Zero makes an invalid tensor.</param>
        internal Tensor(nint handle)
        {
            if (handle == 0) return;
            var thread = TensorThread.Current;
            owner = thread.Own(handle);
            NativeOwner.CountAdopted();
            if (thread.Scope is { } scope)
            {
                thread.Counts.CreatedInScopeCount++;
                scope.Add(this);
            }
            else
            {
                thread.Counts.CreatedOutsideScopeCount++;
                owner.Weigh();
            }
        }

        /// <summary>How many tensors live in the process.</summary>
        public static long TotalCount => NativeOwner.Live;

        /// <summary>The most that have lived at once.</summary>
        public static long PeakCount => NativeOwner.Peak;

        /// <summary>The native tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed of.</exception>
        public nint Handle
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                if (owner is { } held) return held.Pointer;
                ThrowInvalid();
                return 0;
            }
        }

        /// <summary>True after disposal, or when the handle was given away.</summary>
        public bool IsInvalid => owner is null;

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal int ScopeSlot { get; set; }

        /// <summary>Wraps a native reference that the caller owns, and that the tensor now owns.</summary>
        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        internal static Tensor Adopt(nint handle) => new(handle);

        internal static Tensor? AdoptOrNull(nint handle) => handle == 0 ? null : new(handle);

        // There is no finalizer to suppress: the native owner has it.
        public void Dispose() => Dispose(disposing: true);

        /// <summary>Gives the native reference to the caller; the tensor becomes invalid.</summary>
        public nint DecoupleFromNativeHandle()
        {
            var held = Interlocked.Exchange(ref owner, null);
            if (held is null) ThrowInvalid();
            var pointer = held.Pointer;
            held.Pointer = 0;
            var thread = TensorThread.Current;
            LeaveScope(thread);
            thread.Keep(held);
            NativeOwner.CountReleased();
            return pointer;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? scope)
        {
            if (OwningDisposeScope is { } own) own.MoveToOther(scope, this);
            else scope?.Attach(this);
            return this;
        }

        /// <summary>Moves it to where another tensor lives.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return MoveToOtherDisposeScope(other.OwningDisposeScope);
        }

        protected virtual void Dispose(bool disposing)
        {
            var held = Interlocked.Exchange(ref owner, null);
            if (held is null) return;
            var thread = TensorThread.Current;
            LeaveScope(thread);
            Release(held, thread);
        }

        /// <summary>The scope's way of disposing: it keeps the books itself.</summary>
        /// <returns>Whether there was something to release.</returns>
        internal bool Release()
        {
            var held = Interlocked.Exchange(ref owner, null);
            if (held is null) return false;
            Release(held, TensorThread.Current);
            return true;
        }

        private static void Release(NativeOwner held, TensorThread thread)
        {
            var pointer = held.Pointer;
            held.Pointer = 0;
            Native.tc_release(pointer);
            NativeOwner.CountReleased();
            thread.Keep(held);
        }

        private void LeaveScope(TensorThread thread)
        {
            if (OwningDisposeScope is { } scope) scope.OnDisposed(this, thread);
            else thread.Counts.DisposedOutsideScopeCount++;
        }

        [DoesNotReturn]
        private static void ThrowInvalid() => throw new InvalidOperationException("Tensor invalid -- empty handle.");
    }
}
