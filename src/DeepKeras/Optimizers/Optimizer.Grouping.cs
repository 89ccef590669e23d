using DeepKeras.Layers;
using TorchSharp.Modules;

namespace DeepKeras;

/// <content>Making slots: small weights into shared buffers, large ones alone, frozen ones aside; state comes along.</content>
public abstract partial class Optimizer
{
    private void Regroup(IReadOnlyList<Tensor?>? gradients)
    {
        var slots = new List<Slot>();
        var groups = new Dictionary<(ScalarType, string, bool, double), List<(Weight Weight, MemoryLayout Layout)>>();
        for (var i = 0; i < _trainable.Length; i++)
        {
            var weight = _trainable[i];
            if (gradients is not null && SlotMember.IsMissing(gradients[i])) _alone.Add(weight);
            var layout = MemoryLayout.Of(weight.Native);
            if (layout is null || !MayShare(weight))
            {
                slots.Add(Single(weight, layout));
                continue;
            }
            var key = (weight.Native.dtype, weight.Native.device.ToString(), Decays(weight), weight.Owner.LearningRateFactor);
            if (!groups.TryGetValue(key, out var group)) groups.Add(key, group = []);
            group.Add((weight, layout));
        }
        foreach (var group in groups.Values) slots.Add(group.Count == 1 ? Single(group[0].Weight, group[0].Layout) : Group(group));
        Park();
        _slots = [.. slots];
        for (var i = 0; i < _trainable.Length; i++) _home[_trainable[i]].Member.Index = i;
    }

    private bool MayShare(Weight weight) =>
        IsElementWise && weight.IsRebindable && weight.ElementCount <= GroupLimit && !_alone.Contains(weight);

    /// <summary>The slot of a weight by itself; the one it has, where that still fits.</summary>
    private Slot Single(Weight weight, MemoryLayout? layout)
    {
        if (_home.TryGetValue(weight, out var home) && !home.Slot.IsGroup && home.Member.IsInPlace) return home.Slot;
        var member = new SlotMember(weight, layout) { InSurfaceLayout = !IsElementWise };
        var state = new Tensor[_variables.Length];
        var value = member.Value;
        for (var i = 0; i < state.Length; i++) state[i] = NewState(i, value).DetachFromDisposeScope();
        return Settle(new Slot([member], null, state));
    }

    /// <summary>The slot of several weights in one buffer; the one they have, where it still fits.</summary>
    private Slot Group(List<(Weight Weight, MemoryLayout Layout)> weights)
    {
        if (_home.TryGetValue(weights[0].Weight, out var home) && home.Slot.Members.All(m => m.IsInPlace)
            && home.Slot.Members.Select(m => m.Weight).SequenceEqual(weights.Select(w => w.Weight))) return home.Slot;
        var members = new SlotMember[weights.Count];
        long length = 0;
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = new SlotMember(weights[i].Weight, weights[i].Layout) { Offset = length };
            length += weights[i].Weight.ElementCount;
        }
        var first = weights[0].Weight.Native;
        var flat = torch.zeros([length], first.dtype, first.device).DetachFromDisposeScope();
        foreach (var member in members)
        {
            member.Weight.Rebind(new Parameter(member.Layout!.View(flat, member.Offset).detach()).DetachFromDisposeScope());
            member.Bound = member.Weight.Native;
        }
        var state = new Tensor[_variables.Length];
        for (var i = 0; i < state.Length; i++) state[i] = NewState(i, flat).DetachFromDisposeScope();
        return Settle(new Slot(members, flat, state));
    }

    private Tensor NewState(int variable, Tensor value) =>
        variable == _average ? value.detach().clone()
        : variable == _accumulator ? torch.zeros_like(value)
        : CreateState(value, _variables[variable]);

    /// <summary>Copies the state that the members had in their former slots, and makes the slot their home.</summary>
    private Slot Settle(Slot slot)
    {
        foreach (var member in slot.Members)
        {
            if (_home.TryGetValue(member.Weight, out var home))
            {
                for (var i = 0; i < _variables.Length; i++) slot.Part(slot.State[i], member).copy_(home.Slot.Part(home.Slot.State[i], home.Member));
            }
            Move(member.Weight, slot, member);
        }
        return slot;
    }

    /// <summary>Gives frozen weights that leave a group their own copy of their state, so that the group can be freed.</summary>
    private void Park()
    {
        foreach (var (weight, (slot, _)) in _home.ToArray())
        {
            if (!weight.Trainable && slot.IsGroup) _ = Single(weight, MemoryLayout.Of(weight.Native));
        }
    }

    private void Move(Weight weight, Slot slot, SlotMember member)
    {
        var former = _home.TryGetValue(weight, out var home) ? home.Slot : null;
        _home[weight] = (slot, member);
        if (former is null) return;
        foreach (var (other, _) in _home.Values)
        {
            if (ReferenceEquals(other, former)) return;
        }
        former.Free();
    }
}
