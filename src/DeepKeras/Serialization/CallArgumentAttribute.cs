namespace DeepKeras.Serialization;

/// <summary>
/// A constructor parameter that Keras takes where the layer is called instead: <c>attention(q, v, use_causal_mask=True)</c>. In model files it
/// stands among the arguments of each call (<c>inbound_nodes</c>), not in the config.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class CallArgumentAttribute : Attribute;
