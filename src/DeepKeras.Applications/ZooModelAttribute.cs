namespace DeepKeras.Applications;

/// <summary>The name that <see cref="Zoo.Create"/> and <see cref="Zoo.ListModels"/> know a network by.</summary>
/// <param name="name">torchvision's name where it has the network: <c>resnet50</c>, <c>vgg16_bn</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ZooModelAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
