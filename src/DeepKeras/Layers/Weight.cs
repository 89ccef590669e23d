using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using TorchSharp.Modules;

namespace DeepKeras.Layers;

/// <summary>
/// One array of numbers that belongs to a layer: trained (a kernel) or kept (a moving mean).
/// It is shown in Keras's layout and held in the layout that torch's kernels like best.
/// </summary>
public sealed class Weight
{
    private static int s_bindingVersion;

    // Per thread, because a model may predict on several at once.
    [ThreadStatic]
    private static Dictionary<Weight, Tensor>? s_seen;
    private readonly long[]? _toSurface;
    private Tensor _value;
    private int _changes;
    private bool _isGivenAway;

    internal Weight(Layer owner, string name, Shape shape, Tensor value, bool trainable, int[]? layout, bool rebindable)
    {
        Owner = owner;
        Name = name;
        Shape = shape;
        IsTrained = trainable;
        IsRebindable = rebindable;
        _toSurface = layout is null ? null : Invert(layout);
        _value = value;
    }

    /// <summary>The name within its layer: <c>kernel</c>, <c>bias</c>, <c>gamma</c> ….</summary>
    public string Name { get; }

    /// <summary>Layer name and weight name: <c>dense_1/kernel</c>.</summary>
    public string Path => $"{Owner.Name}/{Name}";

    /// <summary>The shape in Keras's layout: (in, out) for a dense kernel, (height, width, in, out) for a convolution's.</summary>
    public Shape Shape { get; }

    /// <summary>The layer it belongs to.</summary>
    public Layer Owner { get; }

    /// <summary>Whether training changes it now: it was declared trainable, its layer is not frozen, and no low-rank matrices are trained in its place.</summary>
    public bool Trainable => IsTrained && Change is null && Owner.Trainable;

    /// <summary>The live tensor in torch's layout, as <see cref="Layer.Forward(Tensor, bool)"/> uses it. Do not keep it: the optimizer may move it.</summary>
    /// <remarks>Who has had it may write to it unseen, so predictions no longer fold this weight's layer with its neighbours. <see cref="ToTensor"/> gives a copy to look at.</remarks>
    public Tensor Value
    {
        get
        {
            _isGivenAway = true;
            return Native;
        }
    }

    /// <summary>How it was first filled.</summary>
    public Initializer? Initializer { get; internal init; }

    /// <summary>The penalty added to the loss while the weight is trainable.</summary>
    public Regularizer? Regularizer { get; internal init; }

    /// <summary>The projection applied after each optimizer step.</summary>
    public Constraint? Constraint { get; internal init; }

    /// <summary>How many numbers it holds.</summary>
    public long ElementCount => Shape.ElementCount ?? 0;

    /// <summary>What low-rank adaptation adds to the values; null where it is not switched on.</summary>
    internal LowRankChange? Change { get; set; }

    /// <summary>Whether it only holds a part of another weight's <see cref="Change"/>.</summary>
    internal bool IsChangeOfAnother => Owner.Weights.Any(w => w.Change?.Holds(this) == true);

    /// <summary><see cref="Native"/> as the layer computes with it, with its <see cref="Change"/>.</summary>
    internal Tensor Effective => Change is null ? Native : Change.AddTo(Native);

    /// <summary>Whether it was declared trainable, frozen or not.</summary>
    internal bool IsTrained { get; }

    /// <summary>Whether <see cref="Rebind"/> may move it; weights inside a TorchSharp module stay where they are.</summary>
    internal bool IsRebindable { get; private set; }

    /// <summary>Counts every move of any weight, so that an optimizer notices when another one has moved a weight that they share.</summary>
    internal static int BindingVersion => Volatile.Read(ref s_bindingVersion);

    /// <summary><see cref="Value"/> for the framework's own code, which calls <see cref="MarkChanged"/> when it writes there.</summary>
    internal Tensor Native => s_seen is null ? _value : s_seen.GetValueOrDefault(this, _value);

    /// <summary>How often the values have changed; nothing to rely on once <see cref="IsGivenAway"/>.</summary>
    internal int Changes => Volatile.Read(ref _changes);

    /// <summary>Whether somebody outside has had the live tensor, so that the values may change unseen at any time.</summary>
    internal bool IsGivenAway => Volatile.Read(ref _isGivenAway);

    /// <summary>Says that the values are others now.</summary>
    internal void MarkChanged() => Interlocked.Increment(ref _changes);

    /// <summary>Shows the values to this thread in another element type until <see cref="SeeOwn"/>.</summary>
    internal void See(ScalarType type) => (s_seen ??= [])[this] = _value.to_type(type);

    /// <summary>Ends <see cref="See"/>.</summary>
    internal void SeeOwn()
    {
        s_seen?.Remove(this);
        if (s_seen is { Count: 0 }) s_seen = null;
    }

    /// <summary>Keeps the weight where it is from now on.</summary>
    internal void Pin() => IsRebindable = false;

    /// <summary>The live values in Keras's layout: a view, so changing it in place changes the weight.</summary>
    public Tensor View() => ToSurface(Value);

    /// <summary>A copy of the values in Keras's layout, on the CPU, detached from training.</summary>
    public Tensor ToTensor()
    {
        using var gradients = torch.no_grad();
        using var view = SurfaceView();
        using var detached = view.detach();
        using var onHost = detached.cpu();
        var dense = onHost.contiguous();
        // cpu() and contiguous() hand back the same storage when there is nothing to do; a copy must not follow the training.
        var copy = dense.clone();
        dense.Dispose();
        return copy;
    }

    /// <summary><see cref="ToTensor"/> with the <see cref="Change"/>: what files hold that do not know of it.</summary>
    internal Tensor ToMergedTensor()
    {
        if (Change is null) return ToTensor();
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return ToSurface(Effective.detach()).cpu().contiguous().clone().MoveToOuterDisposeScope();
    }

    /// <summary>Overwrites the values by such that hold a change already.</summary>
    internal void AssignMerged(Tensor values)
    {
        Assign(values);
        Change?.Clear();
    }

    /// <summary>Overwrites the values.</summary>
    /// <param name="values">New values in Keras's layout; any element type and device.</param>
    /// <exception cref="KerasException">The shape differs.</exception>
    public void Assign(Tensor values)
    {
        if (!Shape.Accepts(values.shape)) throw Throw.WeightShape(this, values.shape);
        using var gradients = torch.no_grad();
        using var view = SurfaceView();
        using var target = view.detach();
        target.copy_(values);
        MarkChanged();
    }

    /// <summary><see cref="View"/> for the framework's own code, which calls <see cref="MarkChanged"/> when it writes there.</summary>
    internal Tensor SurfaceView() => ToSurface(_value);

    /// <summary>Shows a tensor of <see cref="Value"/>'s layout (a gradient, an optimizer's state) in Keras's layout; a view.</summary>
    internal Tensor ToSurface(Tensor native) => _toSurface is null ? native.alias() : native.permute(_toSurface);

    /// <summary>Moves the weight to other storage of the same shape and layout (a view of an optimizer's flat buffer); the values are copied there.</summary>
    internal void Rebind(Tensor storage)
    {
        using var gradients = torch.no_grad();
        storage.detach().copy_(_value);
        Replace(storage);
    }

    /// <summary>Puts the elements into the order of <see cref="Value"/>'s axes; right after the weight was made.</summary>
    internal void MakeContiguous()
    {
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var dense = torch.empty(_value.shape, _value.dtype, _value.device).copy_(_value.detach());
        Replace(IsTrained ? new Parameter(dense).DetachFromDisposeScope() : dense.DetachFromDisposeScope());
    }

    /// <summary>Exchanges the tensor without copying, after a move to another device or element type.</summary>
    internal void Replace(Tensor value)
    {
        _value.Dispose();
        _value = value;
        MarkChanged();
        Interlocked.Increment(ref s_bindingVersion);
    }

    private static long[] Invert(int[] permutation)
    {
        var inverse = new long[permutation.Length];
        for (var i = 0; i < permutation.Length; i++) inverse[permutation[i]] = i;
        return inverse;
    }
}
