using DeepKeras.Datasets;

namespace DeepKeras.Applications.Pretrained;

/// <summary>Every weight set that the networks of the zoo can be given by name.</summary>
public static class WeightSets
{
    private static readonly SmallImageTransform s_greyClothes = new(28, Border: 2, Mean: [0], Deviation: [1]);
    private static readonly SmallImageTransform s_colours = new(32, Border: 0, Mean: [0, 0, 0], Deviation: [1, 1, 1]);
    private static readonly SmallImageTransform s_standardColours = new(32, Border: 0, Mean: [0.4914f, 0.4822f, 0.4465f], Deviation: [0.247f, 0.2435f, 0.2616f]);

    /// <summary>Those that torchvision publishes, network by network, with the figures of its documentation (0.14).</summary>
    public static IReadOnlyList<TorchvisionWeights> Torchvision { get; } =
    [
        // network, name, file, first digits of its SHA-256, MiB, parameters, top-1 and top-5 accuracy in per cent, (resize, crop)
        new("alexnet", "imagenet", "alexnet-owt-7be5be79.pth", "7be5be79", 233.087, 61100840, 56.522, 79.066, new(256, 224)),
        new("vgg11", "imagenet", "vgg11-8a719046.pth", "8a719046", 506.84, 132863336, 69.02, 88.628, new(256, 224)),
        new("vgg13", "imagenet", "vgg13-19584684.pth", "19584684", 507.545, 133047848, 69.928, 89.246, new(256, 224)),
        new("vgg16", "imagenet", "vgg16-397923af.pth", "397923af", 527.796, 138357544, 71.592, 90.382, new(256, 224)),
        new("vgg19", "imagenet", "vgg19-dcbb9e9d.pth", "dcbb9e9d", 548.051, 143667240, 72.376, 90.876, new(256, 224)),
        new("vgg11_bn", "imagenet", "vgg11_bn-6002323d.pth", "6002323d", 506.881, 132868840, 70.37, 89.81, new(256, 224)),
        new("vgg13_bn", "imagenet", "vgg13_bn-abd245e5.pth", "abd245e5", 507.59, 133053736, 71.586, 90.374, new(256, 224)),
        new("vgg16_bn", "imagenet", "vgg16_bn-6c64b313.pth", "6c64b313", 527.866, 138365992, 73.36, 91.516, new(256, 224)),
        new("vgg19_bn", "imagenet", "vgg19_bn-c79401a0.pth", "c79401a0", 548.143, 143678248, 74.218, 91.842, new(256, 224)),
        new("googlenet", "imagenet", "googlenet-1378be20.pth", "1378be20", 49.731, 6624904, 69.778, 89.53, new(256, 224)),
        new("inception_v3", "imagenet", "inception_v3_google-0cc3c7bd.pth", "0cc3c7bd", 103.903, 27161264, 77.294, 93.45, new(342, 299)),
        new("resnet18", "imagenet", "resnet18-f37072fd.pth", "f37072fd", 44.661, 11689512, 69.758, 89.078, new(256, 224)),
        new("resnet34", "imagenet", "resnet34-b627a593.pth", "b627a593", 83.275, 21797672, 73.314, 91.42, new(256, 224)),
        new("resnet50", "imagenet", "resnet50-0676ba61.pth", "0676ba61", 97.781, 25557032, 76.13, 92.862, new(256, 224)),
        new("resnet50", "imagenet_v2", "resnet50-11ad3fa6.pth", "11ad3fa6", 97.79, 25557032, 80.858, 95.434, new(232, 224)),
        new("resnet101", "imagenet", "resnet101-63fe2227.pth", "63fe2227", 170.511, 44549160, 77.374, 93.546, new(256, 224)),
        new("resnet101", "imagenet_v2", "resnet101-cd907fc2.pth", "cd907fc2", 170.53, 44549160, 81.886, 95.78, new(232, 224)),
        new("resnet152", "imagenet", "resnet152-394f9c45.pth", "394f9c45", 230.434, 60192808, 78.312, 94.046, new(256, 224)),
        new("resnet152", "imagenet_v2", "resnet152-f82ba261.pth", "f82ba261", 230.474, 60192808, 82.284, 96.002, new(232, 224)),
        new("wide_resnet50_2", "imagenet", "wide_resnet50_2-95faca4d.pth", "95faca4d", 131.82, 68883240, 78.468, 94.086, new(256, 224)),
        new("wide_resnet50_2", "imagenet_v2", "wide_resnet50_2-9ba9bcbe.pth", "9ba9bcbe", 263.124, 68883240, 81.602, 95.758, new(232, 224)),
        new("wide_resnet101_2", "imagenet", "wide_resnet101_2-32ee1156.pth", "32ee1156", 242.896, 126886696, 78.848, 94.284, new(256, 224)),
        new("wide_resnet101_2", "imagenet_v2", "wide_resnet101_2-d733dc28.pth", "d733dc28", 484.747, 126886696, 82.51, 96.02, new(232, 224)),
        new("resnext50_32x4d", "imagenet", "resnext50_32x4d-7cdf4587.pth", "7cdf4587", 95.789, 25028904, 77.618, 93.698, new(256, 224)),
        new("resnext50_32x4d", "imagenet_v2", "resnext50_32x4d-1a0047aa.pth", "1a0047aa", 95.833, 25028904, 81.198, 95.34, new(232, 224)),
        new("resnext101_32x8d", "imagenet", "resnext101_32x8d-8ba56ff5.pth", "8ba56ff5", 339.586, 88791336, 79.312, 94.526, new(256, 224)),
        new("resnext101_32x8d", "imagenet_v2", "resnext101_32x8d-110c445d.pth", "110c445d", 339.673, 88791336, 82.834, 96.228, new(232, 224)),
        new("resnext101_64x4d", "imagenet", "resnext101_64x4d-173b62eb.pth", "173b62eb", 319.318, 83455272, 83.246, 96.454, new(232, 224)),
        new("densenet121", "imagenet", "densenet121-a639ec97.pth", "a639ec97", 30.845, 7978856, 74.434, 91.972, new(256, 224)),
        new("densenet161", "imagenet", "densenet161-8d451a50.pth", "8d451a50", 110.369, 28681000, 77.138, 93.56, new(256, 224)),
        new("densenet169", "imagenet", "densenet169-b2777c0a.pth", "b2777c0a", 54.708, 14149480, 75.6, 92.806, new(256, 224)),
        new("densenet201", "imagenet", "densenet201-c1103571.pth", "c1103571", 77.373, 20013928, 76.896, 93.37, new(256, 224)),
        new("mobilenet_v2", "imagenet", "mobilenet_v2-b0353104.pth", "b0353104", 13.555, 3504872, 71.878, 90.286, new(256, 224)),
        new("mobilenet_v2", "imagenet_v2", "mobilenet_v2-7ebf99e0.pth", "7ebf99e0", 13.598, 3504872, 72.154, 90.822, new(232, 224)),
        new("efficientnet_b0", "imagenet", "efficientnet_b0_rwightman-3dd342df.pth", "3dd342df", 20.451, 5288548, 77.692, 93.532, new(256, 224, "bicubic")),
        new("efficientnet_b1", "imagenet", "efficientnet_b1_rwightman-533bc792.pth", "533bc792", 30.134, 7794184, 78.642, 94.186, new(256, 240, "bicubic")),
        new("efficientnet_b1", "imagenet_v2", "efficientnet_b1-c27df63c.pth", "c27df63c", 30.136, 7794184, 79.838, 94.934, new(255, 240)),
        new("efficientnet_b2", "imagenet", "efficientnet_b2_rwightman-bcdf34b7.pth", "bcdf34b7", 35.174, 9109994, 80.608, 95.31, new(288, 288, "bicubic")),
        new("efficientnet_b3", "imagenet", "efficientnet_b3_rwightman-cf984f9c.pth", "cf984f9c", 47.184, 12233232, 82.008, 96.054, new(320, 300, "bicubic")),
        new("efficientnet_b4", "imagenet", "efficientnet_b4_rwightman-7eb33cd5.pth", "7eb33cd5", 74.489, 19341616, 83.384, 96.594, new(384, 380, "bicubic")),
        new("efficientnet_b5", "imagenet", "efficientnet_b5_lukemelas-b6417697.pth", "b6417697", 116.864, 30389784, 83.444, 96.628, new(456, 456, "bicubic")),
        new("efficientnet_b6", "imagenet", "efficientnet_b6_lukemelas-c76e70fd.pth", "c76e70fd", 165.362, 43040704, 84.008, 96.916, new(528, 528, "bicubic")),
        new("efficientnet_b7", "imagenet", "efficientnet_b7_lukemelas-dcc49843.pth", "dcc49843", 254.675, 66347960, 84.122, 96.908, new(600, 600, "bicubic")),
    ];

    /// <summary>Those that come with the zoo: small networks, trained by the examples.</summary>
    public static IReadOnlyList<IncludedWeights> Included { get; } =
    [
        // network, name, file, its bytes and SHA-256, parameters, accuracy in per cent, transform, data set, classes, command
        new("lenet5", "fashion_mnist", "lenet5_fashion_mnist.safetensors", 247600, "ca1df2c35cfd8ba27ac6e6a2d3f47b8878f64b9856e9cd84f743eb4a30afec3b", 61706, 89.36, s_greyClothes, "Fashion-MNIST", FashionMnist.ClassNames, "./run.sh lenet5 15 --save pretrained/lenet5_fashion_mnist.safetensors"),
        new("cifar_cnn", "cifar10", "cifar_cnn_cifar10.safetensors", 5004408, "b74518533f88c5f45001ab800468804dbce5924872f76c8814ad2d34de757fd3", 1250858, 77.35, s_colours, "CIFAR-10 (JPEG)", Cifar10.ClassNames, "./run.sh cifar10-cnn 12 --save pretrained/cifar_cnn_cifar10.safetensors"),
        new("resnet_cifar", "cifar10", "resnet_cifar_cifar10.safetensors", 1094360, "4c5f093964047cabb43f2e785ff79870760757d6faa60ce3b8584384b8413be2", 269722, 81.36, s_standardColours, "CIFAR-10 (JPEG)", Cifar10.ClassNames, "./run.sh cifar10-resnet 6 --save pretrained/resnet_cifar_cifar10.safetensors"),
    ];

    /// <summary>All sets.</summary>
    public static IReadOnlyList<WeightSet> All { get; } = [.. Torchvision, .. Included];

    /// <summary>The sets of a network; none where nobody publishes any that fit.</summary>
    /// <param name="model">Its name in <see cref="Zoo.ListModels"/>.</param>
    public static IReadOnlyList<WeightSet> Of(string model) => [.. All.Where(s => s.Model == model)];
}
