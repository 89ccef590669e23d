namespace DeepKeras;

/// <summary>Keeps gradients small, all on the device. NaN passes through on purpose, so that it is noticed.</summary>
internal static class GradientClipping
{
    /// <summary>Every element into −limit … limit.</summary>
    public static void ByValue(Slot slot, double limit) =>
        slot.Replace(slot.OwnsGradient ? slot.Gradient!.clamp_(-limit, limit) : slot.Gradient!.clamp(-limit, limit));

    /// <summary>Each weight's gradient to a norm of at most <paramref name="limit"/>.</summary>
    public static void ByNorm(Slot slot, double limit)
    {
        if (!slot.IsGroup)
        {
            slot.Scale(Factor(slot.Gradient!.norm(), limit));
            return;
        }
        foreach (var member in slot.Members)
        {
            var part = slot.Part(slot.Gradient!, member);
            part.mul_(Factor(part.norm(), limit));
        }
    }

    /// <summary>All gradients together to a norm of at most <paramref name="limit"/>.</summary>
    public static void ByGlobalNorm(IReadOnlyList<Slot> slots, double limit)
    {
        var norms = new List<Tensor>(slots.Count);
        foreach (var slot in slots)
        {
            if (slot.Gradient is { } gradient) norms.Add(gradient.norm());
        }
        var factor = GlobalFactor(norms, limit);
        foreach (var slot in slots)
        {
            if (slot.Gradient is not null) slot.Scale(factor);
        }
    }

    /// <summary>limit / max(norm, limit).</summary>
    public static Tensor Factor(Tensor norm, double limit) => norm.clamp_min(limit).reciprocal_().mul_(limit);

    /// <summary>The factor for all gradients; NaN when the norm is infinite, as Keras has it.</summary>
    public static Tensor GlobalFactor(IReadOnlyList<Tensor> norms, double limit)
    {
        var norm = torch.stack(norms, 0).norm();
        return Factor(norm, limit).add_(norm - norm);
    }
}
