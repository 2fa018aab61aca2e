<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>NewsDialog</name>
    <message>
        <location filename="../src/news.cpp" line="31"/>
        <source>车企的首款轿车%1正式下线。</source>
        <extracomment>The lead of the day; %1 is a weekday.</extracomment>
        <translation>On %1 the carmaker&apos;s production line officially went offline.</translation>
    </message>
    <message numerus="yes">
        <location filename="../src/news.cpp" line="40"/>
        <source>%n 辆汽车</source>
        <translation>
            <numerusform>%n car</numerusform>
            <numerusform>%n cars</numerusform>
        </translation>
    </message>
    <message>
        <source>工厂</source>
        <comment>on a button</comment>
        <translation type="unfinished">Works</translation>
    </message>
    <message>
        <source>车站</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>旧</source>
        <translation type="vanished">old old</translation>
    </message>
</context>
</TS>
