namespace DeepKeras;

/// <summary>
/// What an optimizer updates in one go: one large weight, or many small ones that lie side by side in one flat buffer.
/// Element-wise rules need not know which.
/// </summary>
public sealed class Slot
{
    private readonly Tensor? _flat;
    private readonly Tensor[] _state;
    private readonly Tensor[] _pieces;

    internal Slot(SlotMember[] members, Tensor? flat, Tensor[] state)
    {
        Members = members;
        _flat = flat;
        _state = state;
        _pieces = new Tensor[members.Length];
    }

    /// <summary>The numbers to change in place: flat for a group of weights, else in the weight's own shape.</summary>
    public Tensor Value => _flat ?? Members[0].Value;

    /// <summary>A tensor of state, in the order of <see cref="Optimizer.StateVariables"/>; change it in place.</summary>
    /// <param name="index">The place in <see cref="Optimizer.StateVariables"/>.</param>
    public Tensor this[int index] => _state[index];

    internal SlotMember[] Members { get; }

    internal bool IsGroup => _flat is not null;

    internal IReadOnlyList<Tensor> State => _state;

    /// <summary>This step's gradient; null where a weight took no part in the loss.</summary>
    internal Tensor? Gradient { get; set; }

    /// <summary>Whether <see cref="Gradient"/> is this slot's own memory, so that it may be changed in place. Gradients that autograd
    /// returns may share memory among each other, those that a caller hands over are the caller's.</summary>
    internal bool OwnsGradient { get; set; }

    /// <summary>Whether a member's gradient is missing.</summary>
    internal bool LacksGradient(IReadOnlyList<Tensor?> gradients)
    {
        foreach (var member in Members)
        {
            if (SlotMember.IsMissing(gradients[member.Index])) return true;
        }
        return false;
    }

    /// <summary>Takes this step's gradients in; a group copies them side by side with one concatenation.</summary>
    internal void Gather(IReadOnlyList<Tensor?> gradients)
    {
        if (_flat is null)
        {
            var gradient = gradients[Members[0].Index];
            Gradient = SlotMember.IsMissing(gradient) ? null : Members[0].Arrange(gradient!);
            OwnsGradient = false;
            return;
        }
        for (var i = 0; i < _pieces.Length; i++) _pieces[i] = Members[i].Layout!.Flatten(gradients[Members[i].Index]!);
        Gradient = torch.cat(_pieces, 0);
        OwnsGradient = true;
    }

    /// <summary>Multiplies the gradient, in place where that is allowed.</summary>
    internal void Scale(Tensor factor) => Replace(OwnsGradient ? Gradient!.mul_(factor) : Gradient!.mul(factor));

    /// <summary>Puts another tensor in the gradient's place; it belongs to this slot.</summary>
    internal void Replace(Tensor gradient)
    {
        Gradient = gradient;
        OwnsGradient = true;
    }

    /// <summary>The part of a flat tensor of this slot that belongs to a member, in the member's shape; for a single weight the tensor itself.</summary>
    internal Tensor Part(Tensor tensor, SlotMember member) => _flat is null ? tensor.alias() : member.Layout!.View(tensor, member.Offset);

    /// <summary>Frees the memory. Weights that still lie in the flat buffer keep it alive by themselves.</summary>
    internal void Free()
    {
        _flat?.Dispose();
        foreach (var tensor in _state) tensor.Dispose();
    }
}
